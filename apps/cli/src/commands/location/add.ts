import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { choice, flag, text } from '../../declare/option.ts';
import { printable } from '../../format/text.ts';
import { scanProblems, scanTotals } from '../../output/scan.ts';
import { followScan } from '../../progress/follow-scan.ts';
import { addressOf } from '../../shared/address.ts';
import { RULE_OPTIONS, rulesOf } from '../../shared/rules.ts';
import { shellWord } from '../../shared/shell-word.ts';
import type { JobInfo, LocationView } from '../../wire.ts';

export const locationAdd = command({
  name: 'location add',
  summary: 'Put a folder under the library’s care and index it',
  details: ['Its files are only read, never changed.'],
  arguments: { folder: required('the folder', 'folder') },
  options: {
    name: text('NAME', 'what to call it; the folder’s name if left out'),
    mode: choice(
      ['content', 'deep', 'shallow'],
      'content knows files by what is in them and finds duplicates; deep also reads media facts and text and makes thumbnails; shallow reads names, sizes and dates only, and is quicker; content if left out',
    ),
    ...RULE_OPTIONS,
    noWait: flag('do not wait until it is indexed'),
  },
  examples: [
    ['sd location add ~/Pictures', 'index a folder'],
    ['sd location add --mode shallow --exclude "*.tmp" /srv', 'quickly, and without some files'],
    ['sd location add --dry-run ~/Documents', 'only say what would be done'],
  ],
  calls: ['action:locations.add', 'query:jobs.info', 'action:jobs.cancel'],
  streams: true,
  async run(sd, { folder }, options) {
    const rules = rulesOf(options);
    const input = {
      path: addressOf(folder),
      ...(options.name ? { name: options.name } : {}),
      ...(options.mode ? { mode: options.mode } : {}),
      ...(rules ? { rules } : {}),
    };
    const added = await act<{ location: LocationView; job: JobInfo }>(sd, { action: 'locations.add', input });
    if (!added) return;
    const { location } = added;
    if (options.noWait)
      return sd.out.remark(`"${printable(location.name)}" is being indexed: sd job info ${added.job.id}`);
    const scan = await followScan(sd, added.job, `sd location rescan ${shellWord(location.name)}`);
    if (sd.out.json) return;
    await sd.out.print(
      `${sd.out.colors.green('✓')} ${sd.out.colors.bold(printable(location.name))}: ${scanTotals(scan)}`,
    );
    sd.out.remark(...scanProblems(scan, sd.out, location.name));
  },
});
