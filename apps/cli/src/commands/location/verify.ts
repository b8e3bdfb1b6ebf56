import { act } from '../../daemon/act.ts';
import { completed, followJob } from '../../daemon/follow.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { flag, text } from '../../declare/option.ts';
import { EXIT } from '../../errors.ts';
import { reportLines } from '../../output/location-report.ts';
import { scanChanges } from '../../output/scan.ts';
import { followScan } from '../../progress/follow-scan.ts';
import { jobProgress } from '../../progress/job-line.ts';
import type { Sd } from '../../sd.ts';
import { addressOf, locationOf } from '../../shared/address.ts';
import { shellWord } from '../../shared/shell-word.ts';
import type { JobInfo, LocationReport } from '../../wire.ts';

export const locationVerify = command({
  name: 'location verify',
  summary: 'Compare the disk with the index, and say what differs',
  details: [
    'Nothing is changed unless you say --repair, and files are only ever read. Exits with 1 where something differs or could not be read.',
    '--content reads the files whose content is known and compares them by hash: one whose bytes changed while its size and time did not is corrupt. A copy that is still right is named where there is one. What the system still holds in memory is not read from the disk again.',
    '--repair reads anew just what differs. Corrupt files are left alone by it, unless --content is given as well: what they hold now then becomes their content in the index.',
  ],
  arguments: { location: required('the location, by name, id or path', 'location') },
  options: {
    content: flag('read files and compare them by hash'),
    repair: flag('read anew what differs'),
    within: text('FOLDER', 'only this folder of it, and what lies below', { complete: 'folder' }),
  },
  examples: [
    ['sd location verify Pictures', 'names, sizes, times'],
    ['sd location verify Pictures --content', 'every byte that the index has a hash of'],
  ],
  calls: ['action:locations.verify', 'query:jobs.info', 'action:jobs.cancel'],
  streams: true,
  async run(sd, { location }, { content, repair, within }) {
    const started = await act<{ job: JobInfo }>(sd, {
      action: 'locations.verify',
      input: {
        location: locationOf(location),
        content,
        repair,
        ...(within === undefined ? {} : { within: addressOf(within) }),
      },
    });
    if (!started) return undefined;
    const report = await follow(sd, started.job, location);
    if (!sd.out.json) await sd.out.print(...reportLines(report, sd.out, started.job.subject));
    await showRepair(sd, report, location);
    return report.agrees ? EXIT.OK[0] : EXIT.FAILED[0];
  },
});

async function follow(sd: Sd, job: JobInfo, location: string): Promise<LocationReport> {
  const progress = jobProgress(sd.out);
  const ended = await followJob(sd, job, progress.show).finally(progress.end);
  if (sd.out.json) await sd.out.printJson(ended);
  completed(ended, {
    whatStays: 'Stopped. Nothing was changed.',
    wayOut: `sd location verify ${shellWord(location)} begins anew; sd job pause lets one go on later`,
  });
  return ended.result as LocationReport;
}

/** What was repaired still counts as found: the exit code says what the disk and the index were. */
async function showRepair(sd: Sd, { repair }: LocationReport, location: string): Promise<void> {
  if (!repair?.job) return;
  const daemon = await sd.daemon();
  const again = `sd location rescan ${shellWord(location)}`;
  const scan = await followScan(sd, await daemon.call('query:jobs.info', { id: repair.job }), again);
  if (sd.out.json) return;
  await sd.out.print('', `${sd.out.colors.green('✓')} Read anew: ${scanChanges(scan)}`);
}
