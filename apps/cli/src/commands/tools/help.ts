import { any } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { helpData } from '../../help/help-data.ts';
import { helpOn } from '../../help/help.ts';

export const help = command({
  name: 'help',
  summary: 'Explain a command, or the exit codes',
  details: ['With --json the declarations of the commands: arguments, options, and what may be given for them.'],
  arguments: { topic: any('a command, such as location add, or exit-codes') },
  options: {},
  examples: [
    ['sd help find', 'on a command'],
    ['sd help exit-codes', 'what sd exits with'],
  ],
  calls: [],
  async run(sd, { topic }) {
    const name = topic.length > 0 ? topic.join(' ') : undefined;
    if (sd.out.json) return sd.out.printJson(await helpData(name));
    await sd.out.print(...(await helpOn(name, sd.out)));
  },
});
