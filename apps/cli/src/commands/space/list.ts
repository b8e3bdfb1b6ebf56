import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { table } from '../../output/table.ts';

export const spaceList = command({
  name: 'space list',
  summary: 'List the spaces, in their order',
  arguments: {},
  options: {},
  examples: [],
  calls: ['query:spaces.list'],
  async run(sd) {
    const daemon = await sd.daemon();
    const answer = await daemon.call('query:spaces.list');
    if (sd.out.json) return sd.out.printJson(answer);
    const { bold, dim } = sd.out.colors;
    const rows = answer.spaces.map(({ name, icon, id }) => [
      printable(`${icon === undefined ? '' : `${icon} `}${name}`),
      id ?? 'as it comes, until you change it',
    ]);
    const columns = [{ title: 'Name' }, { title: 'Id', paint: dim }] as const;
    await sd.out.print(...table(columns, rows, { columns: sd.out.columns, paintTitle: bold }));
  },
});
