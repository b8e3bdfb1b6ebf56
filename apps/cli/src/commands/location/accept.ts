import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { flag } from '../../declare/option.ts';
import { printable } from '../../format/text.ts';
import { scanChanges, scanTotals } from '../../output/scan.ts';
import { followScan } from '../../progress/follow-scan.ts';
import { locationOf } from '../../shared/address.ts';
import { shellWord } from '../../shared/shell-word.ts';
import type { JobInfo, LocationView } from '../../wire.ts';

export const locationAccept = command({
  name: 'location accept',
  summary: 'Say that what is gone from a location is gone, and take it out of the index',
  arguments: { location: required('the location that needs attention, by name, id or path', 'location') },
  options: { noWait: flag('do not wait until it is done') },
  examples: [
    ['sd location accept Pictures --dry-run', 'show what would leave the index'],
    ['sd location accept Pictures', 'say so'],
  ],
  calls: ['action:locations.accept', 'query:jobs.info', 'action:jobs.cancel'],
  streams: true,
  async run(sd, { location }, { noWait }) {
    const accepted = await act<{ location: LocationView; job: JobInfo }>(sd, {
      action: 'locations.accept',
      input: { location: locationOf(location) },
      asks: true,
    });
    if (!accepted) return;
    const name = printable(accepted.location.name);
    if (noWait) return sd.out.remark(`"${name}" is being scanned: sd job info ${accepted.job.id}`);
    const scan = await followScan(sd, accepted.job, `sd location accept ${shellWord(name)}`);
    if (sd.out.json) return;
    await sd.out.print(
      `${sd.out.colors.green('✓')} ${sd.out.colors.bold(name)}: ${scanChanges(scan)}; ${scanTotals(scan)}`,
    );
  },
});
