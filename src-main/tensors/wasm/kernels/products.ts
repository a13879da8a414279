import { PANEL, PANEL_BYTES, Tile, ZEROS } from './tile.ts';

/** Rows that are multiplied by all panels before the next ones are looked at: about a first-level cache of them. */
const BLOCK_BYTES: usize = 16384;
/** Rows that a block of a transposed product sums up: with one panel of each factor they fit the same cache. */
const SUMMED_ROWS: i32 = 64;

const packed: usize = memory.data(SUMMED_ROWS * 64, 64);

/** Products of whole matrices. Strides and lengths are in bytes; panels as in tile.ts. */
export class Products {
  /**
   * out = init + A · B. `init` and `out` advance by a panel's width from panel to panel; `init` is one row for all, or
   * zeros where it is 0.
   */
  static multiply(
    a: usize,
    aRow: usize,
    rows: i32,
    segments: i32,
    segmentStep: usize,
    length: usize,
    b: usize,
    panels: i32,
    init: usize,
    out: usize,
    outRow: usize,
  ): void {
    const panelStep = <usize>segments * (length >> 2) * PANEL_BYTES;
    const blockRows = max(24, <i32>(BLOCK_BYTES / (<usize>segments * length)));
    for (let from = 0; from < rows; from += blockRows) {
      const to = min(rows, from + blockRows);
      for (let panel = 0; panel < panels; panel++) {
        const start = init === 0 ? ZEROS : init + <usize>panel * PANEL_BYTES;
        const target = out + <usize>panel * PANEL_BYTES;
        const factor = b + <usize>panel * panelStep;
        for (let row = from; row < to;) {
          const count = Tile.rowsOf(to - row);
          const source = a + <usize>row * aRow;
          Tile.multiply(
            count,
            source,
            aRow,
            segments,
            segmentStep,
            length,
            factor,
            start,
            0,
            target + <usize>row * outRow,
            outRow,
          );
          row += count;
        }
      }
    }
  }

  /**
   * out = Aᵀ · B, `out` in panels as weights are: for each segment `columns` of A's columns, `segmentStep` after those
   * of the segment before, against all of B's.
   */
  static multiplyTransposed(
    a: usize,
    aRow: usize,
    segments: i32,
    segmentStep: usize,
    columns: i32,
    b: usize,
    bRow: usize,
    rows: i32,
    panels: i32,
    out: usize,
  ): void {
    const segmentBytes = <usize>columns * PANEL_BYTES;
    for (let from = 0; from < rows; from += SUMMED_ROWS) {
      const length = min(SUMMED_ROWS, rows - from);
      const bytes = <usize>length * aRow;
      for (let panel = 0; panel < panels; panel++) {
        Products.pack(b + <usize>from * bRow + <usize>panel * PANEL_BYTES, bRow, length);
        for (let segment = 0; segment < segments; segment++) {
          const source = a + <usize>from * aRow + <usize>segment * segmentStep;
          const target = out + (<usize>panel * <usize>segments + <usize>segment) * segmentBytes;
          for (let column = 0; column < columns;) {
            const count = Tile.rowsOf(columns - column);
            const to = target + <usize>column * PANEL_BYTES;
            const init = from === 0 ? ZEROS : to;
            const initRow: usize = from === 0 ? 0 : PANEL_BYTES;
            const first = source + ((<usize>column) << 2);
            Tile.multiplyTransposed(count, first, aRow, bytes, packed, init, initRow, to, PANEL_BYTES);
            column += count;
          }
        }
      }
    }
  }

  /** A panel's columns of B, side by side. */
  @inline static pack(b: usize, bRow: usize, rows: i32): void {
    const end = packed + <usize>rows * PANEL_BYTES;
    for (let to = packed; to < end; to += PANEL_BYTES) {
      const first = v128.load(b);
      const second = v128.load(b, 16);
      const third = v128.load(b, 32);
      const fourth = v128.load(b, 48);
      v128.store(to, first);
      v128.store(to, second, 16);
      v128.store(to, third, 32);
      v128.store(to, fourth, 48);
      b += bRow;
    }
  }

  /**
   * The transpose of weights, in panels too: of each of `segments` stretches of `columns` rows of B, from row `first`
   * on, [k][n] becomes [n][k]. B has `rows` rows and `panels` panels; `columns` is a multiple of 4.
   */
  static transpose(b: usize, rows: i32, panels: i32, segments: i32, first: i32, columns: i32, out: usize): void {
    const outPanel = <usize>(segments * panels * PANEL) * PANEL_BYTES;
    for (let segment = 0; segment < segments; segment++) {
      for (let k = 0; k < columns; k += 4) {
        const right = out + <usize>(k / PANEL) * outPanel + ((<usize>(k % PANEL)) << 2);
        for (let n = 0; n < panels * PANEL; n += 4) {
          const row = (n / PANEL) * rows + first + segment * columns + k;
          const from = b + <usize>row * PANEL_BYTES + ((<usize>(n % PANEL)) << 2);
          const to = right + <usize>(segment * panels * PANEL + n) * PANEL_BYTES;
          const x0 = v128.load(from);
          const x1 = v128.load(from, 64);
          const x2 = v128.load(from, 128);
          const x3 = v128.load(from, 192);
          const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
          const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
          const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
          const high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
          v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
          v128.store(to, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 64);
          v128.store(to, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 128);
          v128.store(to, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 192);
        }
      }
    }
  }
}
