import { count, duration } from '../figures.ts';
import type { ReportInput } from '../report-input.ts';
import { paragraph, type Fact, type Section } from '../report.ts';

const ENGINES: Record<string, string> = { tensorflow: 'TensorFlow', wasm: 'WebAssembly', none: 'none' };

export function reproducibilitySection(input: ReportInput): Section {
  const { experiment, comparison, version } = input;
  const { settings, backend, versions, dataHash, seconds } = experiment;
  const engine = ENGINES[backend.name] ?? backend.name;
  const libraries = Object.entries(versions)
    .filter(([name]) => name !== backend.name)
    .map(([name, number]): Fact => ({ term: name === 'node' ? 'Node' : name, value: number }));
  return {
    id: 'reproducibility',
    title: 'Reproducibility',
    blocks: [
      {
        type: 'definitions',
        facts: [
          { term: 'Seed', value: String(settings.seed) },
          { term: 'Split seed', value: String(settings.splitSeed) },
          { term: 'Data hash', value: `sha256 ${dataHash}` },
          { term: 'Resamples', value: `${count(comparison.resamples)} of the test customers` },
          { term: 'Program', value: `Duecast ${version} made this report` },
          { term: 'Engine', value: `${engine} ${backend.version}`.trim() },
          ...(backend.name === 'none' ? [] : [{ term: 'Threads', value: `${backend.threads} a model` }]),
          ...libraries,
          { term: 'Training took', value: duration(seconds) },
        ],
      },
      paragraph(
        'On the same data, the same machine and the same engine these commands give the same models, and the comparison the same figures:',
      ),
      {
        type: 'command',
        lines: [...trainLines(input), `compare ${named(input)}`, `report ${named(input)} --out report.pdf`],
      },
      paragraph(
        'On another processor or another version of a library the last digits of a network’s weights may differ, and with them its figures a little.',
      ),
    ],
  };
}

const quoted = (name: string) => (/^[\w.-]+$/.test(name) ? name : `"${name.replaceAll('"', '\\"')}"`);

/** One command where the seeds follow each other, as `--seeds` trains them; else one for each. */
function trainLines(input: ReportInput): string[] {
  const { experiment } = input;
  const seeds = experiment.seeds?.experiments.map(({ seed }) => seed) ?? [experiment.settings.seed];
  if (seeds.length === 1) return [trainLine(input, `--seed ${seeds[0]}`)];
  return seeds.every((seed, i) => seed === seeds[0] + i)
    ? [trainLine(input, `--seed ${seeds[0]} --seeds ${seeds.length}`)]
    : seeds.map((seed) => trainLine(input, `--seed ${seed}`));
}

/** The latest training is meant unless another is named; with several seeds it need not be the one reported on. */
const named = ({ portfolio, experiment, comparison }: ReportInput) =>
  `--portfolio ${quoted(portfolio.file)}${experiment.seeds === undefined ? '' : ` --experiment ${comparison.experimentId}`}`;

function trainLine({ experiment, portfolio }: ReportInput, seeds: string): string {
  const { settings, models, refused } = experiment;
  const trained = models.map(({ kind }) => kind).filter((kind) => kind !== 'ensemble');
  const kinds = [...trained, ...refused.map(({ kind }) => kind)];
  const { window, horizon, gap, labelRule, epochs, batch, splitSeed } = settings;
  const { calibration, ensembleWeight } = settings as { calibration?: string; ensembleWeight?: string };
  const without = settings.without ?? [];
  return [
    `train --portfolio ${quoted(portfolio.file)} --models ${kinds.join(',')}`,
    `--window ${window} --horizon ${horizon} --gap ${gap} --label-rule ${labelRule}`,
    `--epochs ${epochs} --batch ${batch} ${seeds} --split-seed ${splitSeed}`,
    ...(calibration === undefined ? [] : [`--calibration ${calibration}`]),
    ...(ensembleWeight === undefined ? [] : [`--ensemble-weight ${ensembleWeight}`]),
    ...(without.length === 0 ? [] : [`--without ${quoted(without.join(','))}`]),
  ].join(' ');
}
