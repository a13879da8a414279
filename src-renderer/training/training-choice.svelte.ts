import type { CalibrationMethod, EnsembleWeight } from '../../src-main/ipc/calibration.ts';
import type { LabelRule, TrainableKind } from '../../src-main/ipc/documents.ts';
import type { TrainingChoice, WindowChoice } from '../../src-main/ipc/views.ts';

export const KINDS: readonly TrainableKind[] = ['lstm', 'cnn-lstm', 'lightgbm', 'logistic'];
export type NetworkKind = 'lstm' | 'cnn-lstm';
export const NETWORKS: readonly NetworkKind[] = ['lstm', 'cnn-lstm'];
export const isNetwork = (kind: string): kind is NetworkKind => kind === 'lstm' || kind === 'cnn-lstm';

/** What is taken where the analyst leaves a field empty. The sample's networks have learned all there is by epoch 8. */
const EPOCHS = { usual: 50, sample: 8 };
export const BATCH = 32;
export const SEED = 1;

/** Least and most of each setting, as the main process takes them. */
export const RANGES = {
  window: [1, 10_000],
  horizon: [1, 10_000],
  gap: [0, 10_000],
  epochs: [1, 10_000],
  batch: [1, 100_000],
  seed: [0, 2 ** 31],
  seeds: [1, 20],
  splitSeed: [0, 2 ** 31],
} as const;
export type Setting = keyof typeof RANGES;

/** What the analyst has set for the next training; it stays while other screens are shown. Null: the default. */
class TrainingChoiceState {
  chosen = $state(all());
  set = $state<Record<Setting, number | null>>(unset());
  labelRule = $state<LabelRule | null>(null);
  calibration = $state<CalibrationMethod>('none');
  ensembleWeight = $state<EnsembleWeight>('recipe');
  /** Inputs that the models shall not read. */
  without = $state<string[]>([]);
  /** The settings are in sight, rather than folded into a line under what they led to. */
  open = $state(true);
  advanced = $state(false);
  #portfolio: string | null = null;

  readonly kinds = $derived(KINDS.filter((kind) => this.chosen[kind]));
  readonly errors = $derived(
    Object.fromEntries(
      Object.entries(this.set)
        .filter(([, value]) => value !== null && !Number.isInteger(value))
        .map(([setting]) => [setting, 'A whole number']),
    ) as Partial<Record<Setting, string>>,
  );
  readonly isValid = $derived(
    (Object.entries(this.set) as [Setting, number | null][]).every(
      ([setting, value]) =>
        value === null || (Number.isInteger(value) && value >= RANGES[setting][0] && value <= RANGES[setting][1]),
    ),
  );
  /** What the split depends on. */
  readonly windows = $derived<WindowChoice>({
    window: this.set.window,
    horizon: this.set.horizon,
    gap: this.set.gap,
    labelRule: this.labelRule,
    splitSeed: this.set.splitSeed,
    ...(this.without.length === 0 ? {} : { without: [...this.without] }),
  });

  /** Starts over for another portfolio. */
  begin(portfolio: string): void {
    if (portfolio === this.#portfolio) return;
    this.#portfolio = portfolio;
    this.chosen = all();
    this.set = unset();
    this.labelRule = null;
    this.calibration = 'none';
    this.ensembleWeight = 'recipe';
    this.without = [];
    this.open = true;
  }

  proposeAgain(): void {
    for (const setting of ['window', 'horizon', 'gap', 'splitSeed'] as const) this.set[setting] = null;
    this.labelRule = null;
    this.without = [];
  }

  leaveOut(input: string): void {
    if (!this.without.includes(input)) this.without = [...this.without, input];
  }

  takeBack(input: string): void {
    this.without = this.without.filter((name) => name !== input);
  }

  request(kinds: TrainableKind[], isSample: boolean): TrainingChoice {
    const { epochs, batch, seed } = this.set;
    return {
      ...this.windows,
      models: kinds,
      epochs: epochs ?? proposedEpochs(isSample),
      batch: batch ?? BATCH,
      seed: seed ?? SEED,
      calibration: this.calibration,
      ensembleWeight: this.ensembleWeight,
      seeds: this.set.seeds ?? 1,
    };
  }
}

const all = (): Record<TrainableKind, boolean> => ({ lstm: true, 'cnn-lstm': true, lightgbm: true, logistic: true });

function unset(): Record<Setting, number | null> {
  return {
    window: null,
    horizon: null,
    gap: null,
    epochs: null,
    batch: null,
    seed: null,
    seeds: null,
    splitSeed: null,
  };
}

export const proposedEpochs = (isSample: boolean) => (isSample ? EPOCHS.sample : EPOCHS.usual);

export const trainingChoice = new TrainingChoiceState();
