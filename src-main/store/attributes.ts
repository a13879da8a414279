import type { Attribute } from '../sequences/quality.ts';
import type { PortfolioDb } from './database.ts';
import { readFeatures } from './feature-columns.ts';

/** Every static attribute, model input or not, of these customers (by their numbers). */
export function readAttributes(db: PortfolioDb, customerIds: Int32Array): Attribute[] {
  const indexOf = new Map<number, number>();
  customerIds.forEach((id, c) => indexOf.set(id, c));
  const select = db
    .prepare<[number], [number, string]>('SELECT customer, value FROM static_attributes WHERE feature = ?')
    .raw();
  return readFeatures(db)
    .filter(({ kind }) => kind === 'static')
    .map(({ name, position }) => {
      const values = new Float32Array(customerIds.length).fill(NaN);
      let texts = 0;
      for (const [customer, text] of select.iterate(position)) {
        const c = indexOf.get(customer);
        if (c === undefined || text.trim() === '') continue;
        const value = Number(text);
        if (Number.isFinite(value)) values[c] = value;
        else texts++;
      }
      return { name, values, texts };
    });
}
