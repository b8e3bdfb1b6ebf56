import { some } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { flag, moment } from '../../declare/option.ts';
import { FILE_CALLS, FILE_OPTIONS } from '../../file-action/options.ts';
import { runFileAction } from '../../file-action/run.ts';
import { addressOf } from '../../shared/address.ts';

export const touch = command({
  name: 'touch',
  summary: 'Create empty files, or set the times of files and folders',
  details: [
    'A file that is not there is made, one that is gets the time of now; with --modified or --accessed, that one.',
  ],
  arguments: { paths: some('the files and folders', 'path') },
  options: {
    modified: moment('when they were changed last: 2026-03-01, or 7d for seven days ago'),
    accessed: moment('when they were read last'),
    parents: flag('also make the folders above that are not there', { short: 'p' }),
    ...FILE_OPTIONS,
  },
  examples: [
    ['sd touch notes.txt', 'an empty file, if there is none'],
    ['sd touch --modified "2024-07-14 10:00" IMG_*.jpg', 'a camera’s clock was wrong'],
  ],
  calls: ['action:entries.create_file', 'action:entries.set_times', ...FILE_CALLS],
  streams: true,
  async run(sd, { paths }, { modified, accessed, parents, ...options }) {
    const addresses = paths.map(addressOf);
    const setTimes = (sources: string[], times: { modified?: number; accessed?: number }): Promise<number> =>
      runFileAction(sd, { action: 'entries.set_times', input: { sources, ...times }, options });
    if (modified !== undefined || accessed !== undefined)
      return setTimes(addresses, {
        ...(modified === undefined ? {} : { modified }),
        ...(accessed === undefined ? {} : { accessed }),
      });
    let worst = 0;
    for (const path of addresses) {
      const input = { path, ...(parents ? { parents } : {}) };
      const made = await makeUnlessThere(() => runFileAction(sd, { action: 'entries.create_file', input, options }));
      worst = Math.max(worst, made ?? (await setTimes([path], { modified: Date.now() })));
    }
    return worst;
  },
});

/** `undefined` where something is there. */
async function makeUnlessThere(make: () => Promise<number>): Promise<number | undefined> {
  try {
    return await make();
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ALREADY_EXISTS') return undefined;
    throw error;
  }
}
