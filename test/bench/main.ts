import { Arguments } from '../../src-main/cli/arguments.ts';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import { againstKeras } from './against-keras.ts';
import { app } from './app.ts';
import type { Benchmark } from './benchmark.ts';
import { coverage } from './coverage.ts';
import { importing } from './import.ts';
import { memory } from './memory.ts';
import { runToEnd, say } from './run-to-end.ts';
import { speed } from './speed.ts';
import { uci } from './uci.ts';

const BENCHMARKS: Record<string, Benchmark> = {
  speed,
  keras: againstKeras,
  uci,
  memory,
  app,
  import: importing,
  coverage,
};
const JSON_OPTION = { value: null, about: 'print one JSON document' };

/** `node test/bench/main.ts [name…] [options]`; without a name, `speed`. */
async function main(words: string[]): Promise<void> {
  const firstOption = words.findIndex((word) => word.startsWith('-'));
  const names = firstOption < 0 ? words : words.slice(0, firstOption);
  const rest = firstOption < 0 ? [] : words.slice(firstOption);
  if (rest.includes('--help')) return console.log(help());
  const chosen = (names.length > 0 ? names : ['speed']).map((name) => {
    const benchmark = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
    if (benchmark === undefined) throw new DuecastError('usage', `There is no benchmark “${name}”.\n\n${help()}`);
    return { name, benchmark };
  });
  const prepared = chosen.map(({ name, benchmark }) => ({
    name,
    benchmark,
    given: new Arguments(rest, { ...benchmark.options, json: JSON_OPTION }),
  }));
  const documents: Record<string, object> = {};
  for (const { name, benchmark, given } of prepared) {
    const { text, document } = await benchmark.run(given, say);
    documents[name] = document;
    if (!given.flag('json')) console.log(`${name}: ${benchmark.about}\n\n${text}\n`);
  }
  if (prepared.some(({ given }) => given.flag('json'))) console.log(JSON.stringify(documents, null, 2));
}

function help(): string {
  const lines = Object.entries(BENCHMARKS).flatMap(([name, { about, options }]) => [
    `  ${name.padEnd(10)} ${about}`,
    ...Object.entries(options).map(
      ([option, { value, about }]) => `    --${option}${value === null ? '' : ` ${value}`}: ${about}`,
    ),
  ]);
  return ['npm run bench -- [name…] [options] [--json]; without a name, speed', '', ...lines].join('\n');
}

await runToEnd(() => main(process.argv.slice(2)));
