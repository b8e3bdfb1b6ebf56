import { any } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { helpOn } from '../../help/help.ts';

export const help = command({
  name: 'help',
  summary: 'Explain a command, or the exit codes',
  arguments: { topic: any('a command, such as location add, or exit-codes') },
  options: {},
  examples: [
    ['sd help find', 'on a command'],
    ['sd help exit-codes', 'what sd exits with'],
  ],
  calls: [],
  async run(sd, { topic }) {
    await sd.out.print(...(await helpOn(topic.length > 0 ? topic.join(' ') : undefined, sd.out)));
  },
});
