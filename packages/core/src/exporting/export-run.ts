import type { Pace } from '../pace.ts';
import type { FileWriter, Files } from '../ports/files.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { lineSource } from './line-source.ts';
import { partOf } from './part.ts';
import type { ExportProgress, ExportRequest, ExportState } from './protocol.ts';

/** What of a run others must do. */
export interface ExportRunParts {
  readonly db: ReadConnection;
  readonly files: Pick<Files, 'writeOn'>;
  readonly pace: Pick<Pace, 'giveWay'>;
  /** How many lines are read and written at once, after which it looks whether it is to stop. */
  readonly pageLines: number;
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
  { device, subject, format, path, state: begin }: Omit<ExportRequest, 'library' | 'stop'>,
  { db, files, pace, pageLines, now, stopped, progress, saved }: ExportRunParts,
): ExportState {
  const source = lineSource(db, device, subject, format);
  const utf8 = new TextEncoder();
  const file = files.writeOn(partOf(path), begin.bytes);
  let state = begin;
  let savedAt = now();

  const write = (text: string): number => writeText(file, utf8.encode(text));
  const save = (): void => {
    file.sync();
    saved(state);
    source.forget();
    savedAt = now();
  };
  try {
    if (state.bytes === 0) state = { ...state, bytes: write(source.header) };
    for (;;) {
      if (stopped()) {
        save();
        return state;
      }
      pace.giveWay();
      const page = source.page({ after: state.after, upTo: state.up_to, limit: pageLines });
      if (!page) break;
      const bytes = state.bytes + write(page.lines.join(''));
      const [entries, left_out] = [state.entries + page.lines.length, state.left_out + page.leftOut];
      state = { ...state, after: page.after, entries, bytes, left_out };
      if (page.at !== undefined) progress({ entries: state.entries, bytes, at: page.at });
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
