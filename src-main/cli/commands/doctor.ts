import { formatDoctor, runDoctor } from '../doctor.ts';
import type { Command } from '../command.ts';

export const doctorCommand: Command = {
  usage: '',
  options: {},
  async run(args) {
    args.none();
    const document = await runDoctor();
    return { document, text: formatDoctor(document) };
  },
};
