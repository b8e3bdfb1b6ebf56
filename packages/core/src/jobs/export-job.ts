import { z } from 'zod';
import { showNative } from '../domain/native-path.ts';
import { parseSdPath } from '../domain/sd-path.ts';
import { SdError } from '../errors.ts';
import type { ExportLibrary } from '../exporting/export-library.ts';
import { EXPORT_FORMATS, LINE_FORMATS } from '../exporting/formats.ts';
import { partOf, resumed } from '../exporting/part.ts';
import { EXPORT_BEGIN, type ExportState, type ExportSubject, exportStateSchema } from '../exporting/protocol.ts';
import type { ExportResult } from '../exporting/result.ts';
import { exportTarget, refusePart } from '../exporting/target.ts';
import type { Files } from '../ports/files.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { type JobContext, type JobKind, jobKind } from './kind.ts';

export interface ExportServices {
  readonly device: { readonly slug: string };
  readonly files: Files;
  readonly exportLibrary: ExportLibrary;
}

/** What every export is asked with. */
const target = {
  format: z.enum(EXPORT_FORMATS),
  /** Address of the file to be: exact also where its name is no text. */
  path: z.string(),
};
type Target = z.infer<z.ZodObject<typeof target>>;

interface ExportKind<Shape extends z.ZodRawShape> {
  readonly name: string;
  readonly summary: string;
  /** What is asked beside the format and the file. */
  readonly input: Shape;
  /** What is exported, and about how many lines that are. Throws `NOT_FOUND` for what was removed. */
  subject(db: ReadConnection, input: z.output<z.ZodObject<Shape>>): { subject: ExportSubject; expected: number };
  /** The last there is now: what comes later is not in it. */
  last(db: ReadConnection): ExportState['up_to'];
}

/** A job that writes lines to a file. Its result is an `ExportResult`. */
export function exportJob<Shape extends z.ZodRawShape>(
  services: ExportServices,
  { name, summary, input: shape, subject, last }: ExportKind<Shape>,
): JobKind {
  const { device, files } = services;
  const input = z.object({ ...shape, ...target }) as unknown as z.ZodType<z.output<z.ZodObject<Shape>> & Target>;
  return jobKind({
    name,
    version: 2,
    summary,
    input,
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
        state = { ...EXPORT_BEGIN, phase: 'write', up_to: last(context.library.db) };
        // From here on the part is ours, also if this is the last that is known of it.
        context.checkpoint(state);
      }
      while (state.phase !== 'done') {
        const what = subject(context.library.db, context.input);
        const end = await nextPhase(services, context, { ...what, path, state });
        state = end.state;
        if (!end.finished || state.phase !== 'done') context.checkpoint(state);
      }
      return resultOf(context.input, path, state);
    },
  });
}

interface Phase {
  readonly subject: ExportSubject;
  readonly expected: number;
  readonly path: string;
  readonly state: ExportState;
}

function nextPhase(
  services: ExportServices,
  context: JobContext<Target, ExportState>,
  { subject, expected, path, state }: Phase,
) {
  const { library, input, signal } = context;
  const show = (done: number, bytes: number, detail?: string): void =>
    context.progress({
      phase: 'export',
      done,
      bytes,
      // What appeared since it was counted must not make it more than whole.
      total: Math.max(expected, done),
      ...(detail === undefined ? {} : { detail }),
    });
  show(state.entries, state.bytes);
  return services.exportLibrary({
    library: library.access,
    device: services.device.slug,
    subject,
    format: input.format,
    path,
    state,
    signal,
    onSaved(saved) {
      show(saved.entries, saved.bytes);
      // Once it is to stop, the checkpoint waits until the thread has stopped.
      if (!context.stopping()) context.checkpoint(saved);
    },
    onProgress: ({ entries, bytes, at }) => show(entries, bytes, at),
  });
}

function resultOf(
  { path, format }: Target,
  native: string,
  { entries, bytes, left_out: leftOut }: ExportState,
): ExportResult {
  return {
    path,
    native_path: showNative(native),
    format,
    entries,
    lines: entries + LINE_FORMATS[format].headerLines,
    bytes,
    ...(leftOut > 0 ? { private_left_out: leftOut } : {}),
  };
}

function nativePath(address: string, slug: string): string {
  const parsed = parseSdPath(address, slug);
  if (!parsed.ok || parsed.path.kind !== 'local')
    throw new SdError('CONFLICT', 'this version cannot read where the export was to go; start it again');
  return parsed.path.path;
}
