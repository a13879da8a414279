import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Message } from '../../src-main/processes/rpc.ts';
import { createDecoder, encode } from '../../src-main/processes/wire.ts';

const carrying = (request: unknown): Message => ({ type: 'request', id: 1, method: 'score', request });

/** What arrives when the bytes come in pieces of at most `length`. */
function arrived(messages: Message[], length = Infinity): unknown[] {
  const decode = createDecoder();
  const bytes = Buffer.concat(messages.map(encode));
  const received: Message[] = [];
  for (let at = 0; at < bytes.length; at += length) received.push(...decode(bytes.subarray(at, at + length)));
  return received.map((message) => message.type === 'request' && message.request);
}

const crossed = (request: unknown) => arrived([carrying(request)])[0];

describe('what crosses arrives as it was', () => {
  const kept: Record<string, unknown> = {
    'plain values': { text: 'Élodie — ½ "\\ \n \u2028 😀', count: 3, none: null, yes: true, list: [1, [], {}, ''] },
    'numbers that JSON lacks': [NaN, Infinity, -Infinity, -0, 0, 5e-324, 1.7976931348623157e308, 0.1 + 0.2],
    'texts that look like marks': ['\u0001', '\u0001NaN', '\u0001\u0001array 0', { '\u0001': '\u0001array 0' }],
    'an empty array': { weights: new Float32Array(0), after: 1 },
    'arrays of every type': [
      Int8Array.of(-1),
      Uint8Array.of(255, 0),
      Int16Array.of(-2),
      Uint16Array.of(65_535),
      Int32Array.of(-3, 2 ** 31 - 1),
      Uint32Array.of(2 ** 32 - 1),
      Float32Array.of(NaN, -0, Infinity, 0.1),
      Float64Array.of(Math.PI),
    ],
    'the same array twice': ((array) => ({ one: array, two: array }))(Float32Array.of(1, 2)),
  };
  for (const [what, value] of Object.entries(kept)) {
    test(what, () => assert.deepEqual(crossed({ value }), { value }));
  }

  test('a part of a larger array, alone', () => {
    const part = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    const { value } = crossed({ value: part }) as { value: Float32Array };
    assert.deepEqual(value, Float32Array.of(2, 3));
    assert.equal(value.buffer.byteLength, 8);
  });

  test('a Buffer, as the Uint8Array that it is', () => {
    assert.deepEqual(crossed({ value: Buffer.from('ab') }), { value: Uint8Array.of(97, 98) });
  });

  test('but for properties that are undefined, which are left out', () => {
    assert.deepEqual(crossed({ value: undefined, other: 1 }), { other: 1 });
  });

  test('also when it changes after it was sent', () => {
    const scores = Float32Array.of(1, 2);
    const bytes = encode(carrying(scores));
    scores.fill(9);
    const [message] = createDecoder()(bytes);
    assert.ok(message.type === 'request');
    assert.deepEqual(message.request, Float32Array.of(1, 2));
  });
});

test('messages come in order, whatever the pieces', () => {
  const requests = [{ first: true }, { scores: Float32Array.from({ length: 100 }, (_, i) => i / 7) }, { last: '—' }];
  for (const length of [1, 2, 3, 7, 64, 65_536]) {
    assert.deepEqual(arrived(requests.map(carrying), length), requests, `pieces of ${length}`);
  }
});

describe('what does not cross is refused', () => {
  const refused: Record<string, unknown> = {
    'a function': () => 1,
    'a symbol': Symbol('one'),
    'a big integer': 1n,
    'a date': new Date(0),
    'a map': new Map(),
    'an array of big integers': new BigInt64Array(1),
    'a view': new DataView(new ArrayBuffer(1)),
    'an error': new Error('one'),
  };
  for (const [what, value] of Object.entries(refused)) {
    test(what, () => assert.throws(() => encode(carrying({ value })), TypeError));
  }
  test('a hole in a list', () => assert.throws(() => encode(carrying([undefined])), TypeError));
  test('a circle', () => {
    const circle: { self?: object } = {};
    circle.self = circle;
    assert.throws(() => encode(carrying(circle)), TypeError);
  });
});
