import { decode } from '@msgpack/msgpack';
import type { StepOutcome } from '../../domain/step.ts';
import type { Connection, ReadConnection } from '../../ports/sqlite.ts';
import { encode } from './encode.ts';
import type { FoundStep } from './steps.ts';

/** What is known of a step that is about to be done, and may be done. */
export interface BegunStep {
  /** Inode of the file under its temporary name, from before it gets its own: the disk then says whether it has it. */
  readonly temporary?: number | undefined;
  /** As far as it is known before. */
  readonly outcome?: StepOutcome | undefined;
}

/** By number. */
export type BegunSteps = ReadonlyMap<number, BegunStep>;

/** Steps of a plan that are about to be done, or were when whoever did them was ended. */
export function begunSteps(db: ReadConnection, plan: string): BegunSteps {
  const row = db.prepare<{ steps: Uint8Array }>('SELECT steps FROM begun WHERE plan = ?').get(plan);
  const stored = row ? (decode(row.steps) as [number, number | null, StepOutcome | null][]) : [];
  return new Map(
    stored.map(([seq, temporary, outcome]) => [
      seq,
      { temporary: temporary ?? undefined, outcome: outcome ?? undefined },
    ]),
  );
}

/** In the place of those there were. */
export function replaceBegunSteps(db: Connection, plan: string, steps: BegunSteps): void {
  if (steps.size === 0) return void db.prepare('DELETE FROM begun WHERE plan = ?').run(plan);
  const stored = [...steps].map(([seq, { temporary, outcome }]) => [seq, temporary ?? null, outcome ?? null]);
  db.prepare('INSERT OR REPLACE INTO begun (plan, steps) VALUES (?, ?)').run(plan, encode(stored));
}

/** The step as it is, where it was begun. */
export function asBegun(step: FoundStep, steps: BegunSteps): FoundStep {
  const begun = step.state === 'waiting' ? steps.get(step.seq) : undefined;
  return begun ? { ...step, ...begun, state: 'doing' } : step;
}
