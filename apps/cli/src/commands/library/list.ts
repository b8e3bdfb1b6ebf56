import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { table } from '../../output/table.ts';
import type { LibrarySummary } from '../../wire.ts';

export const libraryList = command({
  name: 'library list',
  summary: 'List the libraries of this device',
  arguments: {},
  options: {},
  examples: [],
  calls: ['query:libraries.list'],
  async run(sd) {
    const daemon = await sd.daemon();
    const answer = await daemon.call('query:libraries.list');
    if (sd.out.json) return sd.out.printJson(answer);
    if (answer.libraries.length === 0)
      return sd.out.remark('no libraries yet', '  → sd setup FOLDER, or sd library create NAME');
    const { dim, green, red, yellow } = sd.out.colors;
    const paint = (state: LibrarySummary['state']): ((text: string) => string) =>
      state === 'open' ? green : state === 'closed' || state === 'locked' ? yellow : red;
    const rows = answer.libraries.map((one) => [
      printable(one.name),
      { text: one.state.replaceAll('_', ' '), paint: paint(one.state) },
      one.protection.replaceAll('_', ' '),
      printable(one.folder),
    ]);
    await sd.out.print(
      ...table([{ title: 'Name' }, { title: 'State' }, { title: 'Key' }, { title: 'Folder', shrink: 'middle' }], rows, {
        columns: sd.out.columns,
        paintTitle: dim,
      }),
    );
    for (const one of answer.libraries)
      if (one.reason) sd.out.remark(`"${printable(one.name)}": ${printable(one.reason)}`);
  },
});
