import { z } from 'zod';
import { lastEntryId } from '../../../db/library/exported-rows.ts';
import { uuidSchema } from '../../../domain/ids.ts';
import { showNative } from '../../../domain/native-path.ts';
import { parseSdPath } from '../../../domain/sd-path.ts';
import { SdError } from '../../../errors.ts';
import { exportExtent } from '../../../exporting/extent.ts';
import type { ExportLibrary } from '../../../exporting/export-library.ts';
import { EXPORT_FORMATS, LINE_FORMATS } from '../../../exporting/formats.ts';
import { partOf, resumed } from '../../../exporting/part.ts';
import { EXPORT_BEGIN, type ExportState, exportStateSchema } from '../../../exporting/protocol.ts';
import type { ExportResult } from '../../../exporting/result.ts';
import { exportTarget, refusePart } from '../../../exporting/target.ts';
import type { Files } from '../../../platform.ts';
import { type JobContext, type JobKind, jobKind } from '../../kind.ts';

export interface ExportServices {
  readonly device: { readonly slug: string };
  readonly files: Files;
  readonly exportLibrary: ExportLibrary;
}

const inputSchema = z.object({
  location: uuidSchema.optional(),
  /** Entry of the folder. */
  within: z.int().optional(),
  format: z.enum(EXPORT_FORMATS),
  /** Address of the file to be: exact also where its name is no text. */
  path: z.string(),
});
type Input = z.infer<typeof inputSchema>;

/** Writes what a library knows to a file. Its result is an `ExportResult`. */
export function exportLibrary(services: ExportServices): JobKind {
  const { device, files } = services;
  return jobKind({
    name: 'library.export',
    version: 1,
    summary: 'Writes what the library knows of its entries to a file',
    input: inputSchema,
    state: exportStateSchema,
    begin: () => EXPORT_BEGIN,
    // Two of them may be asked for the same file: the second then finds it there.
    exclusive: () => 'library.export',
    discard({ path }, { phase }) {
      if (phase !== 'begin') files.remove(partOf(nativePath(path, device.slug)));
    },
    async run(context, begin) {
      const path = nativePath(context.input.path, device.slug);
      let state = resumed(files, path, begin);
      if (state.phase === 'begin') {
        exportTarget(path, files);
        refusePart(path, files);
        state = { ...EXPORT_BEGIN, phase: 'write', up_to: lastEntryId(context.library.db) };
        // From here on the part is ours, also if this is the last that is known of it.
        context.checkpoint(state);
      }
      while (state.phase !== 'done') {
        const end = await nextPhase(services, context, path, state);
        state = end.state;
        if (!end.finished || state.phase !== 'done') context.checkpoint(state);
      }
      return resultOf(context.input, path, state);
    },
  });
}

function nextPhase(
  services: ExportServices,
  context: JobContext<Input, ExportState>,
  path: string,
  state: ExportState,
) {
  const { library, input, signal } = context;
  const { scope, entries: expected } = exportExtent(library.db, input);
  const show = (done: number, bytes: number, detail?: string): void =>
    context.progress({
      phase: 'export',
      done,
      bytes,
      // Entries that appeared since it was counted must not make it more than whole.
      total: Math.max(expected, done),
      ...(detail === undefined ? {} : { detail }),
    });
  show(state.entries, state.bytes);
  return services.exportLibrary({
    library: library.access,
    device: services.device.slug,
    scope,
    format: input.format,
    path,
    state,
    signal,
    onSaved(saved) {
      show(saved.entries, saved.bytes);
      // Once it is to stop, the checkpoint waits until the thread has stopped.
      if (!context.stopping()) context.checkpoint(saved);
    },
    onProgress: ({ entries, bytes, path: at }) => show(entries, bytes, at),
  });
}

function resultOf({ path, format }: Input, native: string, { entries, bytes }: ExportState): ExportResult {
  return {
    path,
    native_path: showNative(native),
    format,
    entries,
    lines: entries + LINE_FORMATS[format].headerLines,
    bytes,
  };
}

function nativePath(address: string, slug: string): string {
  const parsed = parseSdPath(address, slug);
  if (!parsed.ok || parsed.path.kind !== 'local')
    throw new SdError('CONFLICT', 'this version cannot read where the export was to go; start it again');
  return parsed.path.path;
}
