import { learningFigure } from '../charts/panel-charts.ts';
import { count, counted, duration, metric, NOT_AVAILABLE, percent } from '../figures.ts';
import type { SeedSpread } from '../../ipc/seeds.ts';
import { isNetwork, MODEL_NAMES } from '../../models/model-names.ts';
import type { ReportedModel, ReportInput } from '../report-input.ts';
import { end, list, paragraph, start, type Block, type Section } from '../report.ts';
import { listed, startOfSentence } from '../words.ts';

export function methodSection(input: ReportInput): Section {
  const { models, experiment } = input;
  const curves = learningFigure(models);
  const without = experiment.settings.without ?? [];
  const blocks: Block[] = [
    {
      type: 'table',
      title: 'Models trained on the same windows',
      columns: [
        start('Model'),
        end('Parameters'),
        end('Epochs or rounds'),
        end('Kept'),
        end('Learning took'),
        end('Validation AUC'),
        end('Validation log loss'),
      ],
      rows: models.map((model) => [
        MODEL_NAMES[model.kind],
        count(model.parameters),
        model.kind === 'ensemble' ? NOT_AVAILABLE : count(model.epochs),
        model.kind === 'ensemble' ? NOT_AVAILABLE : count(model.bestEpoch),
        model.kind === 'ensemble' ? NOT_AVAILABLE : duration(model.seconds),
        metric(model.validation.auc),
        metric(model.validation.logLoss),
      ]),
      note:
        'Parameters of LightGBM are the leaves of its trees. An ensemble is combined from trained models and has no training of its own.' +
        (models.some(({ calibration }) => calibration)
          ? ' Validation figures are of the PDs before calibration, which was fitted on the validation customers.'
          : ''),
    },
    {
      type: 'definitions',
      facts: models.map((model) => ({
        term: MODEL_NAMES[model.kind],
        value: `${described(model)}${calibrated(model)}`,
      })),
    },
    ...(without.length === 0 ? [] : [paragraph(`Left out on request, and read by no model: ${listed(without)}.`)]),
    ...(experiment.refused.length === 0
      ? []
      : [list(experiment.refused.map(({ kind, reason }) => `${MODEL_NAMES[kind]} was not trained: ${reason}`))]),
    ...(curves === null ? [] : [curves]),
    paragraph(stopping(models, experiment.settings.epochs)),
    ...overSeeds(experiment),
  ];
  return { id: 'method', title: 'Method', blocks };
}

interface Configuration {
  architecture?: { windowSteps: number; inputs: number; layers: Layer[] };
  fit?: Record<string, unknown>;
  columns?: string[];
  members?: { kind: ReportedModel['kind']; share: number }[];
}

interface Layer {
  type: string;
  units?: number;
  filters?: number;
  kernelSize?: number;
  padding?: string;
  rate?: number;
  activation?: string;
}

function described({ kind, configuration }: ReportedModel): string {
  const { architecture, fit = {}, columns, members } = (configuration ?? {}) as Configuration;
  if (architecture !== undefined) {
    const layers = architecture.layers.map(layerWords).join(' · ');
    return `Reads ${architecture.windowSteps} steps of ${counted(architecture.inputs, 'input')}, standardised on training customers. ${startOfSentence(layers)}. Adam, learning rate 0.001, binary cross-entropy, batches of ${String(fit['batch'] ?? '?')}, at most ${String(fit['epochs'] ?? '?')} epochs, seed ${String(fit['seed'] ?? '?')}.`;
  }
  if (members !== undefined) {
    return `The weighted mean of the PDs of ${listed(members.map((member) => `${MODEL_NAMES[member.kind]} (${percent(member.share, 0)})`))}.`;
  }
  if (columns !== undefined) {
    const settings = Object.entries(fit).map(([name, value]) => `${settingName(name)} ${String(value)}`);
    const how =
      kind === 'lightgbm'
        ? 'Gradient-boosted trees, binary log loss, stopped early on validation log loss'
        : 'Logistic regression with an L2 penalty on standardised values';
    return `${how}. Reads ${counted(columns.length, 'aggregate')} of the same window: last, mean, slope, most and change of each feature, and those of the published recipe. Settings: ${listed(settings)}.`;
  }
  return 'Nothing of how it was made is stored.';
}

/** What was fitted on validation rows after the model itself. */
function calibrated({ calibration }: ReportedModel): string {
  if (!calibration) return '';
  return calibration.method === 'platt'
    ? ` Its PDs are calibrated by Platt’s sigmoid, fitted on validation customers: slope ${metric(calibration.slope)}, intercept ${metric(calibration.intercept)} in log-odds.`
    : ` Its PDs are calibrated by isotonic regression, fitted on validation customers: ${counted(calibration.levels, 'level')}.`;
}

const settingName = (name: string) => name.replace(/([A-Z])/g, ' $1').toLowerCase();

function layerWords({ type, units, filters, kernelSize, padding, rate, activation }: Layer): string {
  switch (type) {
    case 'lstm':
      return `LSTM ${units}`;
    case 'conv1d':
      return `convolution ${filters}×${kernelSize} relu (${padding} padding)`;
    case 'max-pool':
      return 'max pooling 2';
    case 'batch-norm':
      return 'batch normalisation';
    case 'dropout':
      return `dropout ${rate}`;
    case 'dense':
      return `dense ${units} ${activation === 'relu' ? 'relu' : 'sigmoid'}`;
    default:
      return type;
  }
}

function stopping(models: readonly ReportedModel[], most: number): string {
  const networks = models.filter(({ kind }) => isNetwork(kind));
  if (networks.length === 0) return 'No network was trained.';
  const ends = networks.map(({ kind, epochs, bestEpoch }) =>
    epochs < most
      ? `${MODEL_NAMES[kind]} stopped early after ${counted(epochs, 'epoch')}; the weights of epoch ${bestEpoch} were kept`
      : `${MODEL_NAMES[kind]} used all ${counted(epochs, 'epoch')} that it was allowed; the weights of epoch ${bestEpoch} were kept`,
  );
  return `${ends.join('. ')}. Training stops once the loss on validation customers has not fallen for ten epochs; the learning rate is halved after five epochs without gain.`;
}

/** How far the same settings with other seeds differ; nothing where there are none. */
function overSeeds({ seeds }: ReportInput['experiment']): Block[] {
  if (seeds === undefined) return [];
  const spread = ({ mean, sd, min, max }: SeedSpread) =>
    mean === null ? NOT_AVAILABLE : `${metric(mean)} ± ${metric(sd)} (${metric(min)} to ${metric(max)})`;
  return [
    {
      type: 'table',
      title: `Figures on test customers over ${counted(seeds.n, 'seed')}: mean ± standard deviation (range)`,
      columns: [start('Model'), end('AUC'), end('KS'), end('PR-AUC'), end('Brier'), end('Log loss')],
      rows: seeds.models.map(({ kind, metrics }) => [
        MODEL_NAMES[kind],
        ...([metrics.auc, metrics.ks, metrics.prAuc, metrics.brier, metrics.logLoss] as const).map(spread),
      ]),
      note: `Experiments ${listed(seeds.experiments.map(({ experimentId, seed }) => `${experimentId} (seed ${seed})`))}. The spread is the luck of initial weights, order and dropout, on the same customers; the bootstrap intervals say what other customers would have given. A difference between models has to be clear of both.`,
    },
  ];
}
