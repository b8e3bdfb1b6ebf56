import { act } from '../../daemon/act.ts';
import { optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { text } from '../../declare/option.ts';
import { formatDuration } from '../../format/duration.ts';
import { formatSize } from '../../format/size.ts';
import { printable } from '../../format/text.ts';
import { addressOf } from '../../shared/address.ts';
import { done, whichLibrary } from '../../shared/library.ts';

export const libraryBackup = command({
  name: 'library backup',
  summary: 'Copy a library as it is now',
  details: ['The copy is encrypted with the same key. It holds what the library knows, not your files.'],
  arguments: { library: optional('the library, by name or id; may be left out where there is one', 'library') },
  options: { to: text('FOLDER', 'where to put it; the backups of the library if left out', { complete: 'folder' }) },
  examples: [['sd library backup Photos --to /media/stick', 'to another disk']],
  calls: ['action:libraries.backup', 'query:libraries.list'],
  async run(sd, { library }, { to }) {
    const input = { which: await whichLibrary(sd, library), ...(to === undefined ? {} : { to: addressOf(to) }) };
    const made = await act<{ path: string; bytes: number; duration_ms?: number }>(sd, {
      action: 'libraries.backup',
      input,
    });
    if (!made || sd.out.json) return;
    await sd.out.print(printable(made.path));
    done(
      sd,
      `${formatSize(made.bytes)}${made.duration_ms === undefined ? '' : ` in ${formatDuration(made.duration_ms)}`}`,
    );
  },
});
