import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { formatAgo, formatDate } from '../../format/date.ts';
import { count, formatNumber } from '../../format/number.ts';
import { formatSize } from '../../format/size.ts';
import { printable } from '../../format/text.ts';
import { scanChanges, scanProblems, scanTotals } from '../../output/scan.ts';
import { facts } from '../../output/table.ts';
import { attentionLines, watchText } from '../../output/watching.ts';
import { locationOf } from '../../shared/address.ts';
import { rulesText } from '../../shared/rules.ts';

export const locationInfo = command({
  name: 'location info',
  summary: 'Show a location, its rules and its last scan',
  arguments: { location: required('the location, by name, id or path', 'location') },
  options: {},
  examples: [['sd location info Pictures', 'by its name']],
  calls: ['query:locations.info'],
  async run(sd, { location }) {
    const daemon = await sd.daemon();
    const found = await daemon.call('query:locations.info', { location: locationOf(location) });
    if (sd.out.json) return sd.out.printJson(found);
    const { bold, dim } = sd.out.colors;
    const { totals, problems, last_scan: scan } = found;
    const unread = problems.unreadable + problems.vanished + problems.other;
    await sd.out.print(
      bold(printable(found.name)),
      ...facts(
        [
          ['Path', printable(found.native_path)],
          ['State', found.state],
          ['Watched', watchText(found)],
          ['Volume', found.volume && printable(found.volume.name)],
          ['Mode', found.mode],
          ['Holds', `${count(totals.files, 'file')}, ${count(totals.folders, 'folder')}, ${formatSize(totals.bytes)}`],
          [
            'Left out',
            `${rulesText(found.rules)}${found.left_out.entries > 0 ? ` (${count(found.left_out.entries, 'entry', 'entries')})` : ''}`,
          ],
          [
            'Other disks',
            found.rules.cross_mounts ? 'those mounted below are walked into' : 'those mounted below are left out',
          ],
          [
            'Problems',
            unread > 0
              ? `${formatNumber(problems.unreadable)} unreadable, ${formatNumber(problems.vanished)} vanished, ${formatNumber(problems.other)} other`
              : undefined,
          ],
          ['Added', formatDate(found.created_at)],
          [
            'Indexed',
            found.indexed_at === undefined
              ? 'never to the end'
              : `${formatDate(found.indexed_at)} (${formatAgo(found.indexed_at)})`,
          ],
          ['Last scan', scan ? scanTotals(scan) : undefined],
          ['It found', scan ? scanChanges(scan) : undefined],
          ['Id', found.id],
        ],
        dim,
      ),
    );
    sd.out.remark(...attentionLines(found));
    if (scan) sd.out.remark(...scanProblems({ ...scan, left_out: 0 }, sd.out, found.name));
  },
});
