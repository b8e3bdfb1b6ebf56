import { command } from '../../declare/command.ts';
import { choice, each, flag } from '../../declare/option.ts';
import { usage } from '../../errors.ts';
import { FILE_CALLS, FILE_OPTIONS } from '../../file-action/options.ts';
import { runFileAction } from '../../file-action/run.ts';
import { addressOf, locationOf } from '../../shared/address.ts';
import { DUPLICATE_FILTERS, duplicateParams } from '../../shared/duplicate-params.ts';
import { PRIVATE } from '../../shared/private.ts';

const RULES = 'oldest, newest, shortest-path, tagged, tag:NAME, location:NAME, within:FOLDER or device:NAME';

export const dedupe = command({
  name: 'dedupe',
  summary: 'Let copies go, but one of each file',
  details: [
    'The plan is shown first: what stays, what goes, and what that frees. Each copy is compared byte by byte with the one that stays right before it goes; one that differs stays. sd undo brings all back.',
    `Of each file the one that stays is chosen by the rules, the first before the next: ${RULES}. After them all it is the oldest.`,
    'Two names of one file (hard links) are one copy. A copy in the trash is none, and one on a disk that is away is none unless --count-offline. Private copies are left alone, and none of them is the one that stays, unless --private.',
  ],
  arguments: {},
  options: {
    ...DUPLICATE_FILTERS,
    keep: each('RULE', `which one stays: ${RULES}`),
    by: choice(
      ['trash', 'hard-link', 'reflink'],
      'trash; or in the place of each copy a hard link to the one that stays, or a clone that shares its bytes',
    ),
    countOffline: flag('a copy on a disk that is away counts as one that stays, where it was read whole before'),
    ...PRIVATE,
    ...FILE_OPTIONS,
  },
  examples: [
    ['sd dedupe --dry-run', 'what would go, and what stays'],
    ['sd dedupe --keep location:Archive --keep oldest --kind image', 'keep what is in the archive, else the oldest'],
    ['sd dedupe --by hard-link --larger 10MB --within ~/Backups', 'nothing disappears, and the room is free'],
  ],
  calls: ['action:content.dedupe', ...FILE_CALLS],
  streams: true,
  run: (sd, _args, { keep, by, countOffline, private: all, allSteps, verify, noWait, ...filters }) =>
    runFileAction(sd, {
      action: 'content.dedupe',
      input: {
        ...duplicateParams(filters),
        ...(keep ? { keep: keep.map(ruleOf) } : {}),
        ...(by === undefined ? {} : { by: by.replace('-', '_') }),
        ...(countOffline ? { count_offline: true } : {}),
        private: all,
      },
      asks: true,
      options: { allSteps, verify, noWait },
    }),
});

/** `oldest`, or `location:Archive`. */
function ruleOf(typed: string): string | Record<string, string> {
  const at = typed.indexOf(':');
  const [word, value] = at < 0 ? [typed, undefined] : [typed.slice(0, at), typed.slice(at + 1)];
  if (value === undefined && ['oldest', 'newest', 'shortest-path', 'tagged'].includes(word))
    return word.replace('-', '_');
  if (value) {
    if (word === 'tag' || word === 'device') return { [word]: value };
    if (word === 'location') return { location: locationOf(value) };
    if (word === 'within') return { within: addressOf(value) };
  }
  throw usage(`--keep takes ${RULES}, not "${typed}"`);
}
