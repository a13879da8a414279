import type { Command } from './command.ts';

/** A command as it is listed; its modules are loaded when it is called, since loading all takes longer than most run. */
export interface ListedCommand {
  name: string;
  summary: string;
  load(): Promise<Command>;
}

export const COMMANDS: readonly ListedCommand[] = [
  {
    name: 'demo',
    summary: 'the main job on a synthetic portfolio, from export to timeline',
    load: async () => (await import('./commands/demo.ts')).demoCommand,
  },
  {
    name: 'generate',
    summary: 'write a synthetic portfolio as CSV',
    load: async () => (await import('./commands/data.ts')).generateCommand,
  },
  {
    name: 'import',
    summary: 'read exports into a portfolio; a missing portfolio is made',
    load: async () => (await import('./commands/data.ts')).importCommand,
  },
  {
    name: 'imports',
    summary: 'list what was imported',
    load: async () => (await import('./commands/data.ts')).importsCommand,
  },
  {
    name: 'undo-import',
    summary: 'take an import back',
    load: async () => (await import('./commands/data.ts')).undoImportCommand,
  },
  {
    name: 'rules',
    summary: 'the rules by which transactions become behaviour, and what they catch',
    load: async () => (await import('./commands/ledger.ts')).rulesCommand,
  },
  {
    name: 'transactions',
    summary: 'one customer’s transactions of a step, and which value each made',
    load: async () => (await import('./commands/ledger.ts')).transactionsCommand,
  },
  {
    name: 'profiles',
    summary: 'list, share and remove how known exports are read',
    load: async () => (await import('./commands/profiles.ts')).profilesCommand,
  },
  {
    name: 'check',
    summary: 'whether the figures can be trusted: who is where, and what gives the outcome away',
    load: async () => (await import('./commands/check.ts')).checkCommand,
  },
  {
    name: 'train',
    summary: 'train models side by side on the same split',
    load: async () => (await import('./commands/models.ts')).trainCommand,
  },
  {
    name: 'models',
    summary: 'list the models, or choose the champion',
    load: async () => (await import('./commands/models.ts')).modelsCommand,
  },
  {
    name: 'compare',
    summary: 'judge all models of an experiment on the same test rows, with intervals',
    load: async () => (await import('./commands/models.ts')).compareCommand,
  },
  {
    name: 'report',
    summary: 'write a report for a model validator, as HTML or PDF',
    load: async () => (await import('./commands/report.ts')).reportCommand,
  },
  {
    name: 'evaluate',
    summary: 'judge the scores in any file against the outcome in it',
    load: async () => (await import('./commands/evaluate.ts')).evaluateCommand,
  },
  {
    name: 'import-scores',
    summary: 'add scores from elsewhere to an experiment, as one more model to compare',
    load: async () => (await import('./commands/external-scores.ts')).importScoresCommand,
  },
  {
    name: 'external-scores',
    summary: 'list the scores from elsewhere of an experiment, or remove one',
    load: async () => (await import('./commands/external-scores.ts')).externalScoresCommand,
  },
  {
    name: 'score',
    summary: 'score every customer at the last step',
    load: async () => (await import('./commands/customers.ts')).scoreCommand,
  },
  {
    name: 'changes',
    summary: 'what changed between two scorings, and whether earlier warnings came true',
    load: async () => (await import('./commands/changes.ts')).changesCommand,
  },
  {
    name: 'timeline',
    summary: "one customer's PD at every step, by every model",
    load: async () => (await import('./commands/customers.ts')).timelineCommand,
  },
  {
    name: 'explain',
    summary: 'why a model gives a customer its PD',
    load: async () => (await import('./commands/explain.ts')).explainCommand,
  },
  {
    name: 'doctor',
    summary: 'what is there, what is missing and how to mend it',
    load: async () => (await import('./commands/doctor.ts')).doctorCommand,
  },
];
