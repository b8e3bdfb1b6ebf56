import { command } from '../../declare/command.ts';
import { formatAgo } from '../../format/date.ts';
import { formatNumber } from '../../format/number.ts';
import { formatSize } from '../../format/size.ts';
import { printable } from '../../format/text.ts';
import { attentionLines } from '../../output/watching.ts';
import { table } from '../../output/table.ts';

export const locationList = command({
  name: 'location list',
  summary: 'List the locations',
  arguments: {},
  options: {},
  examples: [],
  calls: ['query:locations.list'],
  async run(sd) {
    const daemon = await sd.daemon();
    const answer = await daemon.call('query:locations.list');
    if (sd.out.json) return sd.out.printJson(answer);
    if (answer.locations.length === 0)
      return sd.out.remark('no locations yet', '  → sd location add FOLDER, or sd location suggest');
    const { dim, green, red, yellow } = sd.out.colors;
    const paint = { online: green, indexing: yellow, offline: red, unreadable: red, needs_attention: yellow };
    const rows = answer.locations.map((one) => [
      printable(one.name),
      { text: one.state.replace('_', ' '), paint: paint[one.state] },
      formatNumber(one.totals.files),
      formatSize(one.totals.bytes),
      one.mode,
      one.indexed_at === undefined ? 'not yet' : formatAgo(one.indexed_at),
      printable(one.native_path),
    ]);
    const columns = [
      { title: 'Name' },
      { title: 'State' },
      { title: 'Files', align: 'right' },
      { title: 'Size', align: 'right' },
      { title: 'Mode' },
      { title: 'Indexed' },
      { title: 'Path', shrink: 'middle' },
    ] as const;
    await sd.out.print(...table(columns, rows, { columns: sd.out.columns, paintTitle: dim }));
    for (const one of answer.locations) sd.out.remark(...attentionLines(one));
  },
});
