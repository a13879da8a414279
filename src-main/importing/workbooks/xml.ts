import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { cancelled } from '../../ipc/errors.ts';

/** What is heard of a document; names come without their prefix. */
export interface XmlListener {
  open(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Reads an XML document as it arrives. `afterChunk` is awaited between two pieces, so that what was heard can be put
 * away. Throws what the parser says of a document that is not well-formed, and `cancelled`.
 */
export async function readXml(
  chunks: AsyncIterable<Uint8Array>,
  listener: XmlListener,
  signal: AbortSignal,
  afterChunk: () => Promise<void> = async () => {},
): Promise<void> {
  const parser = new SaxesParser({ position: false });
  parser.on('opentag', ({ name, attributes }) => listener.open(local(name), attributes as Record<string, string>));
  if (listener.text !== undefined) {
    const hear = listener.text.bind(listener);
    parser.on('text', hear);
    parser.on('cdata', hear);
  }
  if (listener.close !== undefined) parser.on('closetag', ({ name }) => listener.close!(local(name)));
  parser.on('error', (error) => {
    throw error;
  });
  let decoder: TextDecoder | null = null;
  for await (const chunk of chunks) {
    if (signal.aborted) throw cancelled();
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
    parser.write(decoder.decode(chunk, { stream: true }));
    await afterChunk();
  }
  if (decoder !== null) parser.write(decoder.decode());
  parser.close();
  await afterChunk();
}

const local = (name: string) => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

/** Workbooks are written in UTF-8; the standard allows UTF-16 with its mark. */
const encodingOf = (head: Uint8Array) =>
  head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
