import { resolve } from 'node:path';
import { DuecastError } from '../../ipc/errors.ts';
import type { ProfileView } from '../../ipc/views.ts';
import type { Arguments } from '../arguments.ts';
import { PORTFOLIO, type Command } from '../command.ts';
import { table } from '../table.ts';

const TASKS = ['export', 'import', 'remove'] as const;

export const profilesCommand: Command = {
  usage: '--portfolio FILE [--export NAME --out FILE | --import FILE [--as NAME] [--replace] | --remove NAME]',
  options: {
    portfolio: PORTFOLIO,
    export: { value: 'NAME', about: 'write a profile as a JSON file' },
    out: { value: 'FILE', about: 'where; an existing file is replaced' },
    import: { value: 'FILE', about: 'keep the profile of such a file in this portfolio' },
    as: { value: 'NAME', about: 'under another name than its own' },
    replace: { value: null, about: 'in place of the one of that name' },
    remove: { value: 'NAME', about: 'delete a saved profile; what was imported with it stays' },
  },
  async run(args, shell) {
    args.none();
    const task = taskOf(args);
    return shell.withPortfolio(args.requiredText('portfolio'), { create: false }, async ({ store }) => {
      if (task === 'export') {
        const path = resolve(args.requiredText('out'));
        const { name } = await store.call('exportProfile', { name: args.requiredText('export'), path });
        return { document: { name, file: path }, text: `Profile “${name}” is written to ${path}.` };
      }
      if (task === 'import') {
        const request = {
          path: resolve(args.requiredText('import')),
          name: args.text('as'),
          replace: args.flag('replace'),
        };
        const document = await store.call('importProfile', request);
        const did = document.replaced ? 'is replaced' : 'is saved';
        return { document, text: `Profile “${document.name}” ${did}.\n${formatProfiles(document.profiles)}` };
      }
      if (task === 'remove') {
        const name = args.requiredText('remove');
        const { profiles } = await store.call('deleteProfile', { name });
        return { document: { name, profiles }, text: `Profile “${name}” is removed.\n${formatProfiles(profiles)}` };
      }
      const document = await store.call('profiles', {});
      return { document, text: formatProfiles(document.profiles) };
    });
  },
};

function taskOf(args: Arguments): (typeof TASKS)[number] | null {
  const asked = TASKS.filter((task) => args.text(task) !== null);
  if (asked.length > 1) throw new DuecastError('usage', `--${asked[0]} and --${asked[1]} are two tasks; give one.`);
  const [task = null] = asked;
  if (task === 'export' && args.text('out') === null) throw new DuecastError('usage', '--export needs --out FILE.');
  if (task !== 'export' && args.text('out') !== null) throw new DuecastError('usage', '--out goes with --export NAME.');
  if (task !== 'import' && (args.text('as') !== null || args.flag('replace'))) {
    throw new DuecastError('usage', '--as and --replace go with --import FILE.');
  }
  return task;
}

const formatProfiles = (profiles: readonly ProfileView[]): string =>
  table(
    ['profile', 'what it reads', ''],
    profiles.map(({ name, title, origin }) => [name, title, origin === 'shipped' ? 'comes with Duecast' : 'saved']),
    [false, false, false],
  );
