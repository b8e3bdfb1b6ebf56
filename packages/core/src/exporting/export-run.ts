import type { Pace } from '../pace.ts';
import type { FileWriter, Files, ReadConnection } from '../platform.ts';
import { EntryReader } from './entry-reader.ts';
import { LINE_FORMATS } from './formats.ts';
import { partOf } from './part.ts';
import type { ExportProgress, ExportRequest, ExportState } from './protocol.ts';

/** What of a run others must do. */
export interface ExportRunParts {
  readonly db: ReadConnection;
  readonly files: Pick<Files, 'writeOn'>;
  readonly pace: Pick<Pace, 'giveWay'>;
  /** How many entries are read and written at once, after which it looks whether it is to stop. */
  readonly pageEntries: number;
  /** Milliseconds that only go forward. */
  now(): number;
  stopped(): boolean;
  progress(progress: ExportProgress): void;
  /** The part is on the disk up to this state. */
  saved(state: ExportState): void;
}

/** What is written and not saved is cut off after a crash and written again. */
const SAVE_INTERVAL_MS = 1_000;

/**
 * Writes the part from where `state` says on. Answers the state it came to: of the phase `write` where it was stopped, of
 * `name` where the part is whole. Whatever a run before it wrote beyond its last state is cut off.
 */
export function writePart(
  { device, scope, format, path, state: begin }: Omit<ExportRequest, 'library' | 'stop'>,
  { db, files, pace, pageEntries, now, stopped, progress, saved }: ExportRunParts,
): ExportState {
  const { header, line } = LINE_FORMATS[format];
  const reader = new EntryReader(db, device, scope);
  const utf8 = new TextEncoder();
  const file = files.writeOn(partOf(path), begin.bytes);
  let state = begin;
  let savedAt = now();

  const write = (text: string): number => writeText(file, utf8.encode(text));
  const save = (): void => {
    file.sync();
    saved(state);
    reader.forget();
    savedAt = now();
  };
  try {
    if (state.bytes === 0) state = { ...state, bytes: write(header) };
    for (;;) {
      if (stopped()) {
        save();
        return state;
      }
      pace.giveWay();
      const page = reader.page({ after: state.after, upTo: state.up_to, limit: pageEntries });
      if (!page) break;
      const bytes = state.bytes + write(page.entries.map(line).join(''));
      state = { ...state, after: page.after, entries: state.entries + page.entries.length, bytes };
      const last = page.entries.at(-1);
      if (last) progress({ entries: state.entries, bytes, path: last.native_path });
      if (now() - savedAt >= SAVE_INTERVAL_MS) save();
    }
    state = { ...state, phase: 'name' };
    save();
    return state;
  } finally {
    file.close();
  }
}

function writeText(file: FileWriter, bytes: Uint8Array): number {
  if (bytes.length > 0) file.write(bytes);
  return bytes.length;
}
