import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { flag, text } from '../../declare/option.ts';
import { printable } from '../../format/text.ts';
import { passphrase } from '../../prompt/passphrase.ts';
import { addressOf } from '../../shared/address.ts';
import { done } from '../../shared/library.ts';
import type { LibrarySummary } from '../../wire.ts';

export const libraryRestore = command({
  name: 'library restore',
  summary: 'Bring a library back from a backup',
  details: ['Beside the libraries there are, or with --replace in the place of one. Your files are not affected.'],
  arguments: { backup: required('what sd library backup made', 'path') },
  options: {
    replace: text('NAME', 'the library whose place it takes', { complete: 'library' }),
    passphrase: flag('the backup opens with a passphrase: ask for it, or read it from SD_PASSPHRASE or a pipe'),
  },
  examples: [['sd library restore /media/stick/Photos-2026-03-01.sdbackup', 'as another library']],
  calls: ['action:libraries.restore'],
  async run(sd, { backup }, { replace, passphrase: asks }) {
    const secret = asks && !sd.globals.dryRun ? { passphrase: await passphrase(sd, 'Passphrase of the backup') } : {};
    const input = { from: addressOf(backup), ...(replace === undefined ? {} : { replace }), ...secret };
    const restored = await act<LibrarySummary>(sd, { action: 'libraries.restore', input, asks: replace !== undefined });
    if (restored) done(sd, `"${printable(restored.name)}" is restored: ${restored.state}`);
  },
});
