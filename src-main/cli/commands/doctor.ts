import { formatDoctor, runDoctor } from '../doctor.ts';
import type { Command } from '../command.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'what is there, what is missing and how to mend it',
  usage: '',
  options: {},
  async run(args) {
    args.none();
    const document = await runDoctor();
    return { document, text: formatDoctor(document) };
  },
};
