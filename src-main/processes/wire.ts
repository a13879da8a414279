import type { Message } from './rpc.ts';

/**
 * Messages as bytes, for the channel between a main process and its children: the length of a head, the head in JSON,
 * then every array that the head names, as it lies in memory; both ends are on one machine.
 *
 * Node's own channels and Electron's would do, but for Electron 22. From 22.3.6 on it gives back what `v8.serialize`
 * allocated by the length of what was written, and an IPC channel of `serialization: 'advanced'` calls that for every
 * message that it sends: where the two lengths differ by a page, the garbage collector's check ends the main process
 * with SIGTRAP. And a utility process that posts what can't be cloned is not heard any more.
 */

const ARRAYS = {
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
};
type ArrayType = keyof typeof ARRAYS;
type NumberArray = InstanceType<(typeof ARRAYS)[ArrayType]>;

interface Head {
  message: unknown;
  arrays: { type: ArrayType; length: number }[];
  /** Some texts of the message stand for something else. */
  marked: boolean;
}

/** Begins a text that stands for what JSON lacks; a text that begins with it gets it twice. */
const MARK = '\u0001';
const ARRAY = 'array ';
const HEAD_LENGTH_BYTES = 4;

/**
 * A snapshot of a message; properties that are undefined are left out. Throws a TypeError for what does not cross:
 * functions, symbols, big integers, undefined within an array, and objects of a class other than typed arrays.
 */
export function encode(message: Message): Buffer {
  const arrays: NumberArray[] = [];
  let marked = false;
  const mark = (text: string) => {
    marked = true;
    return MARK + text;
  };
  const text = JSON.stringify(message, function (this: Record<string, unknown>, key) {
    // As it was before any `toJSON`, which Buffers have.
    const value = this[key];
    if (typeof value === 'string') return value.startsWith(MARK) ? mark(value) : value;
    if (typeof value === 'number') {
      if (Object.is(value, -0)) return mark('-0');
      return Number.isFinite(value) ? value : mark(String(value));
    }
    if (isNumberArray(value)) return mark(ARRAY + (arrays.push(value) - 1));
    if (!crosses(value, this)) throw new TypeError(`${key}: ${describe(value)} can't be sent to another process`);
    return value;
  });
  const described = arrays.map((array) => ({ type: typeOf(array), length: array.length }));
  const rest = `"arrays":${JSON.stringify(described)},"marked":${marked}`;
  const head = Buffer.from(`{"message":${text},${rest}}`);
  const headLength = Buffer.alloc(HEAD_LENGTH_BYTES);
  headLength.writeUInt32LE(head.length);
  return Buffer.concat([headLength, head, ...arrays.map(bytesOf)]);
}

function crosses(value: unknown, holder: object): boolean {
  if (value === undefined) return !Array.isArray(holder);
  if (value === null || typeof value === 'boolean' || Array.isArray(value)) return true;
  if (typeof value !== 'object') return false;
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === Object.prototype || prototype === null;
}

const describe = (value: unknown) => Object.prototype.toString.call(value);

const isNumberArray = (value: unknown): value is NumberArray =>
  ArrayBuffer.isView(value) && Object.hasOwn(ARRAYS, typeOf(value as NumberArray));
/** Also of Node's Buffers, which arrive as the Uint8Arrays that they are. */
const typeOf = (array: NumberArray): ArrayType => array[Symbol.toStringTag];
const bytesOf = ({ buffer, byteOffset, byteLength }: NumberArray) => new Uint8Array(buffer, byteOffset, byteLength);

/** Takes the bytes as they come, in pieces of any length, and returns the messages that have become whole. */
export function createDecoder(): (piece: Uint8Array) => Message[] {
  const reading = readMessages();
  let wanted = reading.next();
  let filled = 0;
  return (piece) => {
    const whole: Message[] = [];
    for (let at = 0; at < piece.length;) {
      const target = wanted.value.fill;
      const taken = Math.min(target.length - filled, piece.length - at);
      target.set(piece.subarray(at, at + taken), filled);
      at += taken;
      filled += taken;
      for (; filled === wanted.value.fill.length; filled = 0) {
        wanted = reading.next();
        if (wanted.value.message !== null) whole.push(wanted.value.message);
      }
    }
    return whole;
  };
}

/** What the decoder fills next, and the message that the bytes before completed. */
interface Wanted {
  fill: Uint8Array;
  message: Message | null;
}

function* readMessages(): Generator<Wanted, never> {
  for (let message: Message | null = null; ;) {
    const headLength = Buffer.alloc(HEAD_LENGTH_BYTES);
    yield { fill: headLength, message };
    const text = Buffer.alloc(headLength.readUInt32LE());
    yield { fill: text, message: null };
    const head = JSON.parse(text.toString()) as Head;
    const arrays: NumberArray[] = [];
    for (const { type, length } of head.arrays) {
      const array = new ARRAYS[type](length);
      yield { fill: bytesOf(array), message: null };
      arrays.push(array);
    }
    message = (head.marked ? unmark(head.message, arrays) : head.message) as Message;
  }
}

/** In place: puts back what the marked texts stand for. */
function unmark(value: unknown, arrays: NumberArray[]): unknown {
  if (typeof value === 'string') {
    if (!value.startsWith(MARK)) return value;
    const text = value.slice(MARK.length);
    if (text.startsWith(MARK)) return text;
    return text.startsWith(ARRAY) ? arrays[Number(text.slice(ARRAY.length))] : Number(text);
  }
  if (typeof value !== 'object' || value === null) return value;
  const holder = value as Record<string, unknown>;
  for (const key of Object.keys(holder)) holder[key] = unmark(holder[key], arrays);
  return holder;
}
