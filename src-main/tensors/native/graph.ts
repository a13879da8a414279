import { message, real, text, whole, wholes } from './protobuf.ts';

/** What a node gives, as `node:number`. */
export type Output = string & { readonly __output: unique symbol };
/** A node that is run for what it does. */
export type Effect = string & { readonly __effect: unique symbol };
/** An encoded AttrValue. */
export type Attribute = Uint8Array & { readonly __attribute: unique symbol };
export type Attributes = Record<string, Attribute>;

/** TensorFlow's DataType. */
const TYPES = { float: 1, int32: 3, int64: 9 } as const;
export type ElementType = keyof typeof TYPES;

const shapeFields = (shape: readonly number[]) => shape.map((size) => message(2, whole(1, size)));

/** Makes the attributes of operations (tensorflow/core/framework/attr_value.proto). */
export const attribute = {
  text: (value: string) => text(2, value) as Attribute,
  whole: (value: number) => whole(3, value) as Attribute,
  real: (value: number) => real(4, value) as Attribute,
  flag: (value: boolean) => whole(5, value ? 1 : 0) as Attribute,
  type: (type: ElementType) => whole(6, TYPES[type]) as Attribute,
  shape: (shape: readonly number[]) => message(7, ...shapeFields(shape)) as Attribute,
  wholes: (values: readonly number[]) => message(1, wholes(3, values)) as Attribute,
  tensor: (type: ElementType, shape: readonly number[], content: Uint8Array) =>
    message(8, whole(1, TYPES[type]), message(2, ...shapeFields(shape)), message(4, content)) as Attribute,
};

/** A TensorFlow graph under construction. Attributes left out take the operation's defaults. */
export interface Graph {
  /** Adds a node and returns its first `count` outputs; `name` is free to choose where a caller must know it. */
  add(op: string, inputs: readonly Output[], attributes: Attributes, count: number, name?: string): Output[];
  /** Adds a node that gives nothing. */
  effect(op: string, inputs: readonly Output[], attributes: Attributes): Effect;
  /** The same value, given when all effects are done. */
  after(value: Output, effects: readonly Effect[], name: string): void;
  /** The file saved_model.pb that holds the graph alone. */
  toSavedModel(): Uint8Array;
}

/** What a session loads a graph by. */
export const TAG = 'serve';
/** GraphDef's version: older than every TensorFlow that may be installed, which all keep to it. */
const GRAPH_VERSION = 1087;

export function createGraph(): Graph {
  const nodes: Uint8Array[] = [];

  function node(op: string, inputs: readonly string[], attributes: Attributes, name = `${op}_${nodes.length}`): string {
    const entries = Object.entries(attributes).map(([key, value]) => message(5, text(1, key), message(2, value)));
    nodes.push(message(1, text(1, name), text(2, op), ...inputs.map((input) => text(3, input)), ...entries));
    return name;
  }

  return {
    add(op, inputs, attributes, count, name) {
      const made = node(op, inputs, attributes, name);
      return Array.from({ length: count }, (_, i) => `${made}:${i}` as Output);
    },
    effect: (op, inputs, attributes) => node(op, inputs, attributes) as Effect,
    after(value, effects, name) {
      node('Identity', [value, ...effects.map((effect) => `^${effect}`)], { T: attribute.type('float') }, name);
    },
    toSavedModel() {
      const graph = message(2, ...nodes, message(4, whole(1, GRAPH_VERSION)));
      return Buffer.concat([whole(1, 1), message(2, message(1, text(4, TAG)), graph)]);
    },
  };
}
