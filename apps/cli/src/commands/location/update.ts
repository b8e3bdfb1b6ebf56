import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { choice, flag, text } from '../../declare/option.ts';
import { usage } from '../../errors.ts';
import { printable } from '../../format/text.ts';
import { scanChanges, scanTotals } from '../../output/scan.ts';
import { followScan } from '../../progress/follow-scan.ts';
import { locationOf } from '../../shared/address.ts';
import { RULE_OPTIONS, rulesOf } from '../../shared/rules.ts';
import { shellWord } from '../../shared/shell-word.ts';
import type { JobInfo, LocationView } from '../../wire.ts';

export const locationUpdate = command({
  name: 'location update',
  summary: 'Change a location’s name, mode or rules',
  details: [
    '--exclude and --include replace the globs there were; an empty one empties the list. What new rules leave out goes from the index, never from the disk.',
  ],
  arguments: { location: required('the location, by name, id or path', 'location') },
  options: {
    name: text('NAME', 'another name'),
    mode: choice(
      ['content', 'deep', 'shallow'],
      'content knows files by what is in them; deep also reads media facts and text and makes thumbnails; shallow by names, sizes and dates only',
    ),
    ...RULE_OPTIONS,
    noWait: flag('do not wait for the scan that applies them'),
  },
  examples: [
    ['sd location update Pictures --name Photos', 'rename it'],
    ['sd location update Work --leave-out gitignore --exclude "*.log"', 'change its rules'],
  ],
  calls: ['action:locations.update', 'query:jobs.info', 'action:jobs.cancel'],
  streams: true,
  async run(sd, { location }, options) {
    const rules = rulesOf(options);
    const change = {
      ...(options.name ? { name: options.name } : {}),
      ...(options.mode ? { mode: options.mode } : {}),
      ...(rules ? { rules } : {}),
    };
    if (Object.keys(change).length === 0) throw usage('what should change?', 'sd help location update');
    const updated = await act<{ location: LocationView; job?: JobInfo }>(sd, {
      action: 'locations.update',
      input: { location: locationOf(location), ...change },
    });
    if (!updated) return;
    const name = printable(updated.location.name);
    if (!updated.job || options.noWait)
      return sd.out.remark(
        `${sd.out.errorColors.green('✓')} "${name}" is changed${updated.job ? `; being applied: sd job info ${updated.job.id}` : ''}`,
      );
    const scan = await followScan(sd, updated.job, `sd location rescan ${shellWord(name)}`);
    if (!sd.out.json)
      await sd.out.print(
        `${sd.out.colors.green('✓')} ${sd.out.colors.bold(name)}: ${scanChanges(scan)}; ${scanTotals(scan)}`,
      );
  },
});
