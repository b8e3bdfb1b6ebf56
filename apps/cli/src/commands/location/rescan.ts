import { act } from '../../daemon/act.ts';
import { any } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { flag } from '../../declare/option.ts';
import { usage } from '../../errors.ts';
import { printable } from '../../format/text.ts';
import { scanChanges, scanProblems, scanTotals } from '../../output/scan.ts';
import { followScan } from '../../progress/follow-scan.ts';
import type { Sd } from '../../sd.ts';
import { locationOf } from '../../shared/address.ts';
import { shellWord } from '../../shared/shell-word.ts';
import type { JobInfo, LocationView } from '../../wire.ts';

export const locationRescan = command({
  name: 'location rescan',
  summary: 'Look for what has changed',
  arguments: { locations: any('the locations, by name, id or path; all that are online if left out', 'location') },
  options: {
    full: flag('compare every entry, not only those of folders that look changed'),
    noWait: flag('do not wait until it is done'),
  },
  examples: [
    ['sd location rescan', 'all of them'],
    ['sd location rescan --full Pictures', 'one, entry by entry'],
  ],
  calls: ['query:locations.list', 'action:locations.rescan', 'query:jobs.info', 'action:jobs.cancel'],
  streams: true,
  async run(sd, { locations }, { full, noWait }) {
    for (const location of locations.length > 0 ? locations.map(locationOf) : await online(sd)) {
      const started = await act<{ location: LocationView; job: JobInfo }>(sd, {
        action: 'locations.rescan',
        input: { location, ...(full ? { full } : {}) },
      });
      if (!started) continue;
      const name = printable(started.location.name);
      if (noWait) {
        sd.out.remark(`"${name}" is being scanned: sd job info ${started.job.id}`);
        continue;
      }
      const scan = await followScan(sd, started.job, `sd location rescan ${shellWord(name)}`);
      if (sd.out.json) continue;
      await sd.out.print(
        `${sd.out.colors.green('✓')} ${sd.out.colors.bold(name)}: ${scanChanges(scan)}; ${scanTotals(scan)}`,
      );
      sd.out.remark(...scanProblems({ ...scan, left_out: 0 }, sd.out, started.location.name));
    }
  },
});

async function online(sd: Sd): Promise<string[]> {
  const daemon = await sd.daemon();
  const { locations } = await daemon.call('query:locations.list');
  if (locations.length === 0) throw usage('there are no locations yet', 'sd location add FOLDER');
  for (const one of locations)
    if (one.state === 'offline') sd.out.remark(`"${printable(one.name)}" is offline; what the index knows of it stays`);
  return locations.filter((one) => one.state !== 'offline').map((one) => one.id);
}
