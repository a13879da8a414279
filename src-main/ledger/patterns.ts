import { createWordReader, foldText, type Words } from './words.ts';

/** The words of a pattern between its `&`: they stand in this order, codes may come between them. */
interface Part {
  /** As `foldText` writes it. */
  words: string;
  /** Only at the beginning of the text. */
  anchored: boolean;
  /** The last word may go on. */
  prefix: boolean;
}

/** The parts of a pattern; null where one of them has no words. */
export function partsOf(pattern: string): Part[] | null {
  const parts = pattern.split(/\s&\s/).map((written): Part => {
    const trimmed = written.trim();
    return { words: foldText(trimmed), anchored: trimmed.startsWith('^'), prefix: trimmed.endsWith('*') };
  });
  return parts.some(({ words }) => words === '') ? null : parts;
}

/** Texts of these lengths may have been cut by the bank, in the middle of their last word. */
const CUT_FROM = 20;
const CUT_TO = 40;
/** So many letters of a cut word must be there. */
const CUT_LETTERS = 5;
const SPACE = 32;

/** Patterns without words are never found. */
export const compilePatterns = (patterns: readonly string[]): PatternMatcher => new PatternMatcher(patterns);

/** Says which of many patterns a text holds. One walk over the text, however many patterns there are. */
export class PatternMatcher {
  readonly #trie = new Trie();
  /** By part of a pattern. */
  readonly #anchored: boolean[] = [];
  readonly #patternsOfPart: number[][] = [];
  readonly #partsOfPattern: number[][];
  readonly #read = createWordReader();
  readonly #isHit: Uint8Array;
  readonly #hits: number[] = [];
  readonly #found: number[] = [];
  #words!: Words;
  #mayBeCut = false;

  constructor(patterns: readonly string[]) {
    const partIds = new Map<string, number>();
    this.#partsOfPattern = patterns.map((pattern, number) => {
      const ids = (partsOf(pattern) ?? []).map((part) => {
        const key = `${part.anchored ? '^' : ''}${part.words}${part.prefix ? '*' : ''}`;
        let id = partIds.get(key);
        if (id === undefined) {
          id = partIds.size;
          partIds.set(key, id);
          this.#anchored.push(part.anchored);
          this.#patternsOfPart.push([]);
          this.#trie.add(part.words, id, part.prefix);
        }
        this.#patternsOfPart[id]!.push(number);
        return id;
      });
      return [...new Set(ids)];
    });
    this.#isHit = new Uint8Array(partIds.size);
  }

  /** Numbers of the patterns found, ascending; the array is used again by the next call. */
  find(text: string): readonly number[] {
    this.#words = this.#read(text);
    this.#mayBeCut = text.length >= CUT_FROM && text.length <= CUT_TO;
    const found = this.#found;
    found.length = 0;
    const { count } = this.#words;
    for (let word = 0; word < count; word++) this.#walk(0, word, word);
    const hits = this.#hits;
    if (hits.length === 0) return found;
    for (let i = 0; i < hits.length; i++) {
      const patterns = this.#patternsOfPart[hits[i]!]!;
      for (let p = 0; p < patterns.length; p++) {
        const parts = this.#partsOfPattern[patterns[p]!]!;
        // Counted once, at the last of its parts.
        if (parts[parts.length - 1] === hits[i] && (parts.length === 1 || this.#allHit(parts)))
          found.push(patterns[p]!);
      }
    }
    for (let i = 0; i < hits.length; i++) this.#isHit[hits[i]!] = 0;
    hits.length = 0;
    return found.length > 1 ? found.sort((a, b) => a - b) : found;
  }

  #allHit(parts: readonly number[]): boolean {
    for (let i = 0; i < parts.length; i++) if (this.#isHit[parts[i]!] === 0) return false;
    return true;
  }

  #hit(parts: readonly number[], first: number): void {
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!;
      if (this.#isHit[part] === 1 || (first > 0 && this.#anchored[part]!)) continue;
      this.#isHit[part] = 1;
      this.#hits.push(part);
    }
  }

  /** From a node of the trie on along one word and, where phrases go on, the words after it. */
  #walk(from: number, word: number, first: number): void {
    const { codes, starts, ends, count, codeLike } = this.#words;
    const trie = this.#trie;
    let node = from;
    for (let i = starts[word]!; i < ends[word]!; i++) {
      node = trie.next(node, codes[i]!);
      if (node === 0) return;
      const open = trie.prefixesAt(node);
      if (open !== undefined) this.#hit(open, first);
    }
    const whole = trie.wordsAt(node);
    if (whole !== undefined) this.#hit(whole, first);
    if (word === count - 1) {
      // A word that is known as a whole is none that was cut.
      const isCut = this.#mayBeCut && whole === undefined && codeLike[word] === 0;
      if (isCut && ends[word]! - starts[word]! >= CUT_LETTERS) {
        this.#hit(trie.begunAt(node), first);
      }
      return;
    }
    const between = trie.next(node, SPACE);
    if (between === 0) return;
    for (let next = word + 1; next < count; next++) {
      this.#walk(between, next, first);
      if (codeLike[next] === 0) return;
    }
  }
}

/** Words by their letters; node 0 is the root, and stands for "nowhere" as a child. */
class Trie {
  readonly #children: Map<number, number>[] = [new Map()];
  /** By node: the parts that end there, as a whole word or as the beginning of one. */
  readonly #words: number[][] = [];
  readonly #prefixes: number[][] = [];
  readonly #begun = new Map<number, number[]>();
  /** A dense copy for letters and digits, made when it is first walked. */
  #table: Int32Array | null = null;

  add(words: string, id: number, prefix: boolean): void {
    let node = 0;
    for (let i = 0; i < words.length; i++) {
      const code = words.charCodeAt(i);
      let child = this.#children[node]!.get(code);
      if (child === undefined) {
        child = this.#children.length;
        this.#children.push(new Map());
        this.#children[node]!.set(code, child);
      }
      node = child;
    }
    const ends = prefix ? this.#prefixes : this.#words;
    ends[node] = [...(ends[node] ?? []), id];
    this.#table = null;
  }

  next(node: number, code: number): number {
    if (code > 127) return this.#children[node]!.get(code) ?? 0;
    this.#table ??= this.#tabulate();
    return this.#table[node * 128 + code]!;
  }

  wordsAt(node: number): readonly number[] | undefined {
    return this.#words[node];
  }

  prefixesAt(node: number): readonly number[] | undefined {
    return this.#prefixes[node];
  }

  /** All whose last word begins with what led to this node. */
  begunAt(node: number): readonly number[] {
    const known = this.#begun.get(node);
    if (known !== undefined) return known;
    const found = [...(this.#words[node] ?? []), ...(this.#prefixes[node] ?? [])];
    for (const [code, child] of this.#children[node]!) if (code !== SPACE) found.push(...this.begunAt(child));
    this.#begun.set(node, found);
    return found;
  }

  #tabulate(): Int32Array {
    const table = new Int32Array(this.#children.length * 128);
    this.#children.forEach((children, node) => {
      for (const [code, child] of children) if (code < 128) table[node * 128 + code] = child;
    });
    return table;
  }
}
