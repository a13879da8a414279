/** Ten rows a customer: monthly, with dates, a feature that ends early and an attribute. */
export function monthlyExport(customers: number): string {
  const lines = ['customer_id,date,salary,cash_loans,branch_code,city,will_default'];
  for (let c = 0; c < customers; c++) {
    for (let month = 1; month <= 10; month++) {
      const date = `2025-${String(month).padStart(2, '0')}-28`;
      const loans = month <= 7 ? String(month % 3) : '';
      lines.push(`C${c},${date},${1000 + 10 * c + month},${loans},7,Pune,${c % 4 === 0 ? 1 : 0}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
