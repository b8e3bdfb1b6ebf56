import { z } from 'zod';
import { librarySelector } from '../../domain/library.ts';
import { nativePathOf } from '../../locations/check-path.ts';
import { action, observed } from '../../operation.ts';

export const backupLibrary = action({
  summary: 'Copies a library as of one instant, while it goes on being used, and reads the copy back.',
  name: 'libraries.backup',
  scope: 'core',
  input: z.object({
    which: librarySelector.optional().describe('the only open one if left out'),
    to: z
      .string()
      .min(1)
      .max(32_768)
      .optional()
      .describe("an existing folder to put it in; the library's own folder if left out"),
  }),
  output: z.object({ path: z.string(), bytes: z.int(), duration_ms: z.int() }),
  errors: ['NOT_FOUND', 'NOT_A_FOLDER', 'LIBRARY_CLOSED', 'LIBRARY_LOCKED', 'NOT_WRITABLE', 'DISK_FULL', 'CORRUPT'],
  permissions: ['library.manage'],

  async preview({ libraries, device }, { which, to }) {
    const {
      id,
      name,
      folder,
      protection,
      database_bytes: bytes = 0,
    } = await libraries.info(which ?? libraries.open().id);
    const target = to === undefined ? `${folder}/backups` : nativePathOf(to, device.slug);
    return {
      plan: {
        summary: `Back up the library "${name}" to ${target}.`,
        steps: [{ what: 'copy', target, detail: `about ${bytes} bytes, then read back` }],
        bytes,
        conflicts: [],
        warnings: [
          ...(to === undefined ? ['it lies on the same disk as the library'] : []),
          ...(protection === 'passphrase' ? [] : ['only this device can open it: the key stays here']),
        ],
      },
      basis: { id, target, protection },
    };
  },

  async commit({ libraries, device, clock }, { which, to }) {
    const started = clock.monotonic();
    const made = await libraries.backup(
      which ?? libraries.open().id,
      to === undefined ? undefined : nativePathOf(to, device.slug),
    );
    return { ...made, duration_ms: Math.round(clock.monotonic() - started) };
  },

  async verify({ libraries }, _input, { path, bytes }) {
    const found = await libraries.inspectBackup(path);
    return observed(['bytes of the copy', bytes, found.bytes]);
  },
});
