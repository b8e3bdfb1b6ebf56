import { command } from '../../declare/command.ts';
import { flag } from '../../declare/option.ts';
import { formatSize } from '../../format/size.ts';
import { printable } from '../../format/text.ts';
import { table } from '../../output/table.ts';

export const volumeList = command({
  name: 'volume list',
  summary: 'List the disks and shares that are mounted, and those that are known',
  arguments: {},
  options: { tracked: flag('only those that are tracked') },
  examples: [],
  calls: ['query:volumes.list'],
  async run(sd, _args, { tracked }) {
    const daemon = await sd.daemon();
    const answer = await daemon.call('query:volumes.list', tracked ? { tracked } : {});
    if (sd.out.json) return sd.out.printJson(answer);
    if (answer.volumes.length === 0) return sd.out.remark(tracked ? 'no volume is tracked' : 'no volumes');
    const { dim, green, red } = sd.out.colors;
    const rows = answer.volumes.map((one) => [
      printable(one.name),
      one.mounted ? { text: 'mounted', paint: green } : { text: 'away', paint: red },
      one.kind,
      printable(one.file_system),
      one.capacity === undefined ? '' : formatSize(one.capacity),
      one.free === undefined ? '' : formatSize(one.free),
      one.tracked ? 'yes' : '',
      one.locations.length > 0 ? String(one.locations.length) : '',
      printable(one.mount_path ?? ''),
    ]);
    const columns = [
      { title: 'Name', shrink: 'end' },
      { title: 'State' },
      { title: 'Kind' },
      { title: 'System' },
      { title: 'Size', align: 'right' },
      { title: 'Free', align: 'right' },
      { title: 'Tracked' },
      { title: 'Locations', align: 'right' },
      { title: 'Mounted at', shrink: 'middle' },
    ] as const;
    await sd.out.print(...table(columns, rows, { columns: sd.out.columns, paintTitle: dim }));
  },
});
