/** A sheet's last column, XFD. */
export const LAST_COLUMN = 16_383;

/** The column, from 0, that a cell's reference such as `AB12` begins with; -1 where there is none. */
export function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column - 1;
}
