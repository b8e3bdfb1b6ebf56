import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { formatDate } from '../../format/date.ts';
import { formatSize } from '../../format/size.ts';
import { printable } from '../../format/text.ts';
import { table } from '../../output/table.ts';
import { addressOf } from '../../shared/address.ts';

export const sidecarList = command({
  name: 'sidecar list',
  summary: 'Show what was derived from a file, and why something is missing',
  arguments: { path: required('a file, by path or address; or content://id', 'path') },
  options: {},
  examples: [['sd sidecar list photo.heic', 'thumbnails, facts and text, or why there are none']],
  calls: ['query:sidecars.list'],
  async run(sd, { path }) {
    const daemon = await sd.daemon();
    const answer = await daemon.call('query:sidecars.list', { path: addressOf(path) });
    if (sd.out.json) return sd.out.printJson(answer);
    if (answer.sidecars.length === 0) return sd.out.remark('nothing was made of it yet', '  → sd sidecar make FILE');
    const { dim, green, red, yellow } = sd.out.colors;
    const paint = { made: green, none: dim, failed: red };
    const rows = answer.sidecars.map((one) => [
      one.kind,
      { text: one.current ? one.state : `${one.state}, outdated`, paint: one.current ? paint[one.state] : yellow },
      one.bytes === 0 ? '' : formatSize(one.bytes),
      formatDate(one.made_at),
      printable(one.reason ?? ''),
    ]);
    const columns = [
      { title: 'What' },
      { title: 'State' },
      { title: 'Size', align: 'right' },
      { title: 'Made' },
      { title: 'Why', shrink: 'end' },
    ] as const;
    await sd.out.print(...table(columns, rows, { columns: sd.out.columns, paintTitle: dim }));
  },
});
