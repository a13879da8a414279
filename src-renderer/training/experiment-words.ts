import type { BackendInfo, ModelKind } from '../../src-main/ipc/documents.ts';
import type { ExperimentModelView, ExperimentView } from '../../src-main/ipc/views.ts';
import { counted, ENGINE_NAMES, inUnit } from '../ui/format.ts';
import { calibrationName, weightName } from './calibration-words.ts';
import { LABEL_RULES } from './label-rules.ts';

/**
 * The model to score with: the champion where it is of this experiment, else the best validation AUC, and of equals the
 * one with the least log-loss. Null where there is no model.
 */
export const candidateOf = (experiment: ExperimentView): ExperimentModelView | null =>
  experiment.models.find((model) => model.champion) ?? bestOnValidation(experiment);

/** By validation figures: test figures judge, and choose nothing. Null where there is no model. */
export const bestOnValidation = ({ models }: ExperimentView): ExperimentModelView | null =>
  models.reduce<ExperimentModelView | null>(
    (best, model) => (best === null || isBetter(model, best) ? model : best),
    null,
  );

function isBetter({ validation: a }: ExperimentModelView, { validation: b }: ExperimentModelView): boolean {
  const [first, second] = [a.auc ?? -1, b.auc ?? -1];
  return first === second ? a.logLoss < b.logLoss : first > second;
}

export const modelOf = ({ models }: ExperimentView, kind: ModelKind): ExperimentModelView | null =>
  models.find((model) => model.kind === kind) ?? null;

/** “TensorFlow 2.21.0”. */
export const engineName = ({ name, version }: BackendInfo) => `${ENGINE_NAMES[name] ?? name} ${version}`.trim();

/** “TensorFlow 2.21.0 · 1 thread”. */
export const engineWords = (backend: BackendInfo) =>
  backend.name === 'none' ? 'none' : `${engineName(backend)} · ${counted(backend.threads, 'thread')}`;

export const shortHash = (hash: string) => hash.slice(0, 8);

export interface NamedSetting {
  name: string;
  value: string;
  /** In full, where `value` is short. */
  full?: string | undefined;
}

/** Everything an experiment was made with, in words; `unit` is “days”. */
export function settingsOf(experiment: ExperimentView, unit: string): NamedSetting[] {
  const { settings, dataHash, backend, versions, split, models } = experiment;
  const steps = (value: number) => inUnit(value, unit);
  return [
    { name: 'Window', value: steps(settings.window) },
    { name: 'Horizon', value: steps(settings.horizon) },
    { name: 'Gap', value: steps(settings.gap) },
    { name: 'Event', value: LABEL_RULES[settings.labelRule].name },
    { name: 'Inputs left out', value: settings.without?.join(', ') ?? 'none' },
    { name: 'Epochs', value: `at most ${settings.epochs}` },
    { name: 'Batch', value: String(settings.batch) },
    { name: 'Seed', value: String(settings.seed) },
    { name: 'Split seed', value: String(settings.splitSeed) },
    { name: 'Calibration', value: calibrationName(settings.calibration) },
    ...(models.some(({ kind }) => kind === 'ensemble')
      ? [{ name: 'Ensemble’s weight', value: weightName(settings.ensembleWeight) }]
      : []),
    { name: 'Data', value: shortHash(dataHash), full: dataHash },
    {
      name: 'Test part',
      value: `${counted(split.test.customers, 'customer')}, ${counted(split.test.windows, 'window')}`,
    },
    { name: 'Engine', value: engineWords(backend) },
    ...Object.entries(versions)
      .filter(([name]) => name !== backend.name)
      .map(([name, version]) => ({ name: name === 'node' ? 'Node' : name, value: version })),
  ];
}
