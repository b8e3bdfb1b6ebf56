import { z } from 'zod';
import { indexedFolder } from '../../browsing/indexed-folder.ts';
import { PrivateEntries } from '../../db/library/private-entries.ts';
import type { Device } from '../../domain/device.ts';
import { uuidToText } from '../../domain/ids.ts';
import { locationSelector } from '../../domain/location.ts';
import { isWithin, showNative } from '../../domain/native-path.ts';
import { localUri } from '../../domain/sd-path.ts';
import { SdError } from '../../errors.ts';
import { exportExtent } from '../../exporting/extent.ts';
import { estimateBytes } from '../../exporting/formats.ts';
import { exportTarget } from '../../exporting/target.ts';
import type { LibraryRead } from '../../libraries/library.ts';
import { nativePathOf } from '../../locations/check-path.ts';
import { findLocation, pathOfLocation } from '../../locations/find.ts';
import { action } from '../../operation.ts';
import type { ReadFiles } from '../../ports/files.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { alsoPrivate } from '../private-input.ts';
import { EXPORT_ERRORS, exportInput, exportOutput, startExport, verifyExport } from '../exports.ts';

const input = z.object({
  location: locationSelector.optional().describe('only what lies in this location'),
  within: z
    .string()
    .min(1)
    .max(32_768)
    .optional()
    .describe('only this folder and what lies below: a path or an address'),
  private: alsoPrivate,
  ...exportInput,
});
type Input = z.output<typeof input>;

export const exportLibrary = action({
  summary: 'Writes what the library knows of its entries to one file, in the background.',
  name: 'library.export',
  scope: 'library',
  input,
  output: exportOutput,
  errors: EXPORT_ERRORS,
  permissions: ['library.manage'],

  preview({ library, files, device }, given) {
    const { asked, subject, entries, target: file, bytes } = resolved({ library, files, device }, given);
    const target = showNative(file.path);
    return {
      plan: {
        summary: `Write what the library knows of ${subject} to ${target}.`,
        steps: [{ what: 'create', target, detail: `about ${entries} entries, ${bytes} bytes` }],
        bytes,
        conflicts: [],
        warnings: [
          'the file is not encrypted: who reads it learns all names, places and times in it',
          ...(new PrivateEntries(library.db).isEmpty
            ? []
            : [`what people said to hide, or gave a privacy tag, is ${given.private ? 'in it too' : 'left out'}`]),
        ],
      },
      basis: { ...asked },
    };
  },

  commit(context, given) {
    const { asked, subject, target, bytes } = resolved(context, given);
    return startExport(context, { kind: 'library.export', subject, asked, target, bytes });
  },

  verify: (context, _input, output) => verifyExport(context, output),
});

interface World {
  readonly library: Pick<LibraryRead, 'db' | 'name'>;
  readonly files: ReadFiles;
  readonly device: Device;
}

/** What is asked of the job, and what it comes to. Throws where it cannot be done. */
function resolved({ library, files, device }: World, given: Input) {
  const target = exportTarget(nativePathOf(given.path, device.slug), files);
  const { location, within, subject } = chosen(library.db, device, given);
  const asked = {
    ...(location === undefined ? {} : { location }),
    ...(within === undefined ? {} : { within }),
    private: given.private,
    format: given.format,
    path: localUri(device.slug, target.path),
  };
  const { entries } = exportExtent(library.db, asked);
  return {
    asked,
    subject: subject ?? library.name,
    entries,
    target,
    bytes: estimateBytes(given.format, entries),
  };
}

function chosen(
  db: ReadConnection,
  device: Device,
  given: Input,
): { location?: string; within?: number; subject?: string } {
  const row = given.location === undefined ? undefined : findLocation(db, given.location, device.slug);
  const folder = given.within === undefined ? undefined : indexedFolder(given.within, db, device);
  if (row && folder && !isWithin(folder.path, pathOfLocation(row)))
    throw new SdError('INVALID_INPUT', `${showNative(folder.path)} does not lie in "${row.name}"`, {
      way_out: `name a folder below ${showNative(pathOfLocation(row))}`,
    });
  if (folder) return { within: folder.id, subject: showNative(folder.path) };
  return row ? { location: uuidToText(row.uuid), subject: row.name } : {};
}
