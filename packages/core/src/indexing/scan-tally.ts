import { MOST_PROBLEMS_NAMED, type ScanResult } from '../domain/scan.ts';
import { showNative } from '../domain/native-path.ts';
import type { IdentifiedBatch } from './identify-protocol.ts';
import { UNREADABLE, VANISHED } from './identify-protocol.ts';
import type { WalkedBatch } from './scan-protocol.ts';
import type { FromWriter } from './writer-protocol.ts';

type Said<T extends FromWriter['type']> = Extract<FromWriter, { type: T }>;

/** What a scan has seen and done so far. */
export class ScanTally {
  readonly #problems: { path: string; reason: string }[] = [];
  readonly #counts = {
    files: 0,
    folders: 0,
    other: 0,
    bytes: 0,
    added: 0,
    modified: 0,
    moved: 0,
    removed: 0,
    unreadable: 0,
    vanished: 0,
    left_out: 0,
    identified: 0,
    identified_bytes: 0,
  };
  /** Entries that were missing and are settled. */
  settled = 0;
  /** Entries that are not there any more and stay in the index, until somebody says so. */
  held = 0;

  get seen(): number {
    return this.#counts.files + this.#counts.folders + this.#counts.other;
  }
  get bytes(): number {
    return this.#counts.bytes;
  }

  walked(batch: WalkedBatch): void {
    for (const [name, value] of Object.entries(batch.counts)) this.#counts[name as keyof typeof batch.counts] += value;
    this.#problem(batch.problems);
  }
  written({ added, modified, moved }: Said<'written'>): void {
    this.#counts.added += added;
    this.#counts.modified += modified;
    this.#counts.moved += moved;
  }
  /** What was moved had been taken for new. */
  settling({ moved, removed }: Said<'settling'>): void {
    this.#counts.moved += moved;
    this.#counts.added -= moved;
    this.#counts.removed += removed;
    this.settled += moved + removed;
  }
  looked(batch: IdentifiedBatch): void {
    for (const outcome of batch.outcomes) {
      if (outcome === UNREADABLE) this.#counts.unreadable++;
      if (outcome === VANISHED) this.#counts.vanished++;
    }
    this.#problem(batch.problems);
  }
  stored({ files, bytes }: { files: number; bytes: number }): void {
    this.#counts.identified += files;
    this.#counts.identified_bytes += bytes;
  }

  #problem(problems: readonly { path: string; reason: string }[]): void {
    for (const { path, reason } of problems)
      if (this.#problems.length < MOST_PROBLEMS_NAMED) this.#problems.push({ path: showNative(path), reason });
  }

  result(durationMs: number): ScanResult {
    const { added, modified, moved } = this.#counts;
    return {
      ...this.#counts,
      unchanged: Math.max(0, this.seen - added - modified - moved),
      duration_ms: Math.round(durationMs),
      problems: this.#problems,
      ...(this.held > 0 ? { held: this.held } : {}),
    };
  }
}
