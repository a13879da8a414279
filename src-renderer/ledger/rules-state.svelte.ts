import type { Behaviour, LedgerDraft, LedgerPreview, LedgerRule, LedgerRulesView } from '../../src-main/ipc/ledger.ts';
import type { Failure } from '../../src-main/ipc/errors.ts';
import { jobs } from '../frame/jobs.svelte.ts';
import { session } from '../frame/session.svelte.ts';
import { call, failureOf } from '../frame/transport.ts';
import { freeId } from './behaviour-words.ts';

/** While the analyst types, what a draft catches is asked after a pause. */
const PAUSE_MS = 400;

/** The rules as they are being edited; what is not saved yet survives leaving the screen. */
class RulesState {
  view = $state.raw<LedgerRulesView | null>(null);
  draft = $state.raw<LedgerDraft | null>(null);
  preview = $state.raw<LedgerPreview | null>(null);
  /** The preview is of an earlier draft. */
  isCounting = $state(false);
  /** Why the draft can't be used, or nothing could be read. */
  failure = $state.raw<Failure | null>(null);
  selected = $state<string | null>(null);
  /** What was saved last, for its undo. */
  saved = $state.raw<{ version: number; before: number } | null>(null);
  #path: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  readonly isDirty = $derived(
    this.view !== null &&
      this.draft !== null &&
      (this.draft.rules !== this.view.rules || this.draft.options !== this.view.options),
  );
  /** Codes of the countries whose rules are active. */
  readonly countries = $derived(this.draft?.options.countries ?? this.preview?.countries ?? activeIn(this.view));
  /** The rules that can catch something, in order. */
  readonly shown = $derived(
    (this.draft?.rules ?? []).filter(({ country }) => country === null || this.countries.includes(country)),
  );
  readonly rule = $derived(this.draft?.rules.find(({ id }) => id === this.selected) ?? null);
  readonly catches = $derived(new Map((this.preview?.rules ?? []).map((caught) => [caught.ruleId, caught])));

  /**
   * Reads what the portfolio has; a draft of the same portfolio that is not saved stays, but for the one that is
   * `replaced`.
   */
  async load(replaced: LedgerDraft | null = null): Promise<void> {
    const path = session.portfolio?.path ?? null;
    try {
      const view = await call('ledgerRules', { version: null });
      const isOther = path !== this.#path;
      const keeps = this.isDirty && this.draft !== replaced && !isOther;
      this.#path = path;
      this.view = view;
      if (isOther) {
        this.saved = null;
        this.selected = null;
      }
      if (!keeps) this.draft = { rules: view.rules, options: view.options };
      this.failure = null;
      await this.#count();
    } catch (error) {
      this.failure = failureOf(error);
    }
  }

  change(draft: Partial<LedgerDraft>): void {
    if (this.draft === null) return;
    this.draft = { ...this.draft, ...draft };
    this.isCounting = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#count(), PAUSE_MS);
  }

  edit(id: string, change: Partial<LedgerRule>): void {
    this.change({ rules: this.draft!.rules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)) });
  }

  /** A new rule before all others, so that it is the first to catch. */
  add(behaviour: Behaviour, patterns: string[], title = 'New rule'): void {
    const rule: LedgerRule = {
      id: freeId(this.draft!.rules),
      title,
      behaviour,
      country: null,
      patterns,
      unless: [],
      sign: behaviour === 'salary' ? 'in' : 'any',
      least: null,
      most: null,
      payee: 'pattern',
      rhythm: false,
      // One without words catches nothing yet.
      enabled: patterns.length > 0,
    };
    this.change({ rules: [rule, ...this.draft!.rules] });
    this.selected = rule.id;
  }

  remove(id: string): void {
    this.change({ rules: this.draft!.rules.filter((rule) => rule.id !== id) });
    if (this.selected === id) this.selected = null;
  }

  /** Past the next rule of those that are shown. */
  move(id: string, by: 1 | -1): void {
    const place = this.shown.findIndex((rule) => rule.id === id);
    const other = this.shown[place + by];
    if (place < 0 || other === undefined) return;
    const rules = this.draft!.rules.filter((rule) => rule.id !== id);
    const at = rules.indexOf(other) + (by === 1 ? 1 : 0);
    this.change({ rules: [...rules.slice(0, at), this.shown[place]!, ...rules.slice(at)] });
  }

  discard(): void {
    if (this.view !== null) this.change({ rules: this.view.rules, options: this.view.options });
  }

  /** Null: the shipped rules. */
  save(draft: LedgerDraft | null): Promise<void> {
    return session.attempt(() => this.#save(draft));
  }

  undo(): Promise<void> {
    return session.attempt(async () => {
      if (this.saved === null) return;
      const { rules, options } = await call('ledgerRules', { version: this.saved.before });
      await this.#save({ rules, options });
      this.saved = null;
    });
  }

  /** What is changed in the meantime stays, as a draft on top of what was saved. */
  async #save(draft: LedgerDraft | null): Promise<void> {
    const before = this.view?.version ?? 0;
    const replaced = this.draft;
    const { version } = await jobs.run('rules', call('startLedgerRules', { draft }));
    this.saved = version === null ? null : { version, before };
    await this.load(replaced);
  }

  async #count(): Promise<void> {
    const mine = ++this.#asked;
    if (this.draft === null) return;
    this.isCounting = true;
    try {
      const preview = await call('previewLedgerRules', { draft: this.draft });
      if (mine !== this.#asked) return;
      this.preview = preview;
      this.failure = null;
    } catch (error) {
      const failure = failureOf(error);
      if (mine === this.#asked && failure.code !== 'cancelled') this.failure = failure;
    } finally {
      if (mine === this.#asked) this.isCounting = false;
    }
  }
}

const activeIn = (view: LedgerRulesView | null) =>
  (view?.countries ?? []).filter(({ active }) => active).map(({ country }) => country);

export const rulesState = new RulesState();
