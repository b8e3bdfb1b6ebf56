import { SdError } from '../errors.ts';
import type { Plan } from '../domain/plan.ts';
import type { Preview } from '../operation.ts';
import type { Clock } from '../ports/clock.ts';

/** How long a plan can be committed, and how many are kept. */
const PLAN_LIFETIME_MS = 30 * 60_000;
const MOST_PLANS = 1_000;

/** A plan on the wire. */
export interface IssuedPlan extends Plan {
  readonly plan_id: string;
  readonly operation: string;
  readonly expires_at: number;
}

export interface Stored {
  readonly operation: string;
  readonly library: string | undefined;
  readonly input: unknown;
  readonly preview: Preview;
  readonly expires: number;
}

/** The plans that were shown and can still be committed. Memory only: after a restart, preview again. */
export class Plans {
  readonly #clock: Clock;
  readonly #newId: () => string;
  readonly #plans = new Map<string, Stored>();

  constructor(clock: Clock, newId: () => string) {
    this.#clock = clock;
    this.#newId = newId;
  }

  issue(operation: string, library: string | undefined, input: unknown, preview: Preview): IssuedPlan {
    this.#expire();
    const plan_id = preview.stored ?? this.#newId();
    const expires = this.#clock.monotonic() + PLAN_LIFETIME_MS;
    this.#plans.set(plan_id, { operation, library, input, preview, expires });
    return { plan_id, operation, expires_at: this.#clock.now() + PLAN_LIFETIME_MS, ...preview.plan };
  }

  /** The plan of that id for that operation. A plan is good for one commit. */
  take(planId: string, operation: string): Stored {
    this.#expire();
    const stored = this.#plans.get(planId);
    if (!stored || stored.operation !== operation || stored.expires <= this.#clock.monotonic()) {
      throw new SdError('PLAN_NOT_FOUND', `no plan ${planId} for ${operation}: plans last 30 minutes and one commit`, {
        way_out: `call preview:${operation} again`,
      });
    }
    this.#plans.delete(planId);
    return stored;
  }

  /** Its commit was refused for what came with it, and has done nothing: it can be committed still. */
  giveBack(planId: string, stored: Stored): void {
    this.#plans.set(planId, stored);
  }

  #expire(): void {
    const now = this.#clock.monotonic();
    for (const [id, stored] of this.#plans) {
      if (stored.expires > now && this.#plans.size < MOST_PLANS) break;
      this.#plans.delete(id);
    }
  }
}

/** Refuses a plan whose facts are not what they were, and names those that differ. */
export function refuseStale(before: Preview, now: Preview): void {
  const names = new Set([...Object.keys(before.basis), ...Object.keys(now.basis)]);
  const changed = [...names].filter((name) => JSON.stringify(before.basis[name]) !== JSON.stringify(now.basis[name]));
  if (changed.length > 0)
    throw new SdError('PLAN_STALE', `what the plan was made from has changed: ${changed.join(', ')}`, {
      changed,
      way_out: 'preview again and look at the new plan',
    });
}
