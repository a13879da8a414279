/** The customers in order of appearance, and for each row the place of its own among them. */
export function numberCustomers(customers: Int32Array): { numbers: Int32Array; place: Int32Array } {
  const places = new Map<number, number>();
  const place = Int32Array.from(customers, (customer) => {
    const known = places.get(customer) ?? places.size;
    places.set(customer, known);
    return known;
  });
  return { numbers: Int32Array.from(places.keys()), place };
}
