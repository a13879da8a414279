/** As much of protocol buffers' wire format as a graph needs: each function gives one field, encoded. */
const VARINT = 0;
const BYTES = 2;
const FIXED32 = 5;

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  // Negative numbers are written as their 64-bit two's complement.
  let rest = BigInt.asUintN(64, value);
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return [...bytes, Number(rest)];
}

const key = (field: number, wireType: number) => varint(BigInt(field * 8 + wireType));

export const whole = (field: number, value: number): Uint8Array =>
  Uint8Array.from([...key(field, VARINT), ...varint(BigInt(value))]);

export function real(field: number, value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([Uint8Array.from(key(field, FIXED32)), bytes]);
}

/** A string, bytes, a packed list, or a message of encoded fields. */
export function message(field: number, ...parts: Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Uint8Array.from([...key(field, BYTES), ...varint(BigInt(length))]), ...parts]);
}

export const text = (field: number, value: string) => message(field, Buffer.from(value));

export const wholes = (field: number, values: readonly number[]) =>
  message(field, Uint8Array.from(values.flatMap((value) => varint(BigInt(value)))));
