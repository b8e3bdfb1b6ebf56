import { z } from 'zod';
import { listSpaces, spaceByUuid, spaceGroupByUuid, spaceItemByUuid } from '../db/library/spaces.ts';
import { idSource, uuidSchema, uuidToText } from '../domain/ids.ts';
import { fingerprintOf } from '../domain/page.ts';
import type { LibraryWriteTransaction } from '../libraries/library.ts';
import type { Plan } from '../domain/plan.ts';
import { action, observed } from '../operation.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import type { Device } from '../domain/device.ts';
import type { Stamp } from '../spaces/space-rows.ts';
import { type DeclaredAction, ownFacts } from './declared-action.ts';

const LOOKUPS = { space: spaceByUuid, group: spaceGroupByUuid, item: spaceItemByUuid } as const;

const outputSchema = z.object({
  changed: z
    .array(
      z.object({
        what: z.enum(['space', 'group', 'item']),
        id: uuidSchema,
        there: z.boolean().describe('false: it was taken away'),
      }),
    )
    .describe('what was made, changed or taken away; spaces.get shows how it is now'),
});

export interface SpaceChange {
  /** In a sentence, for the history. */
  readonly done: string;
  readonly changed: readonly {
    readonly what: keyof typeof LOOKUPS;
    readonly row: { readonly uuid: Uint8Array };
    readonly there: boolean;
  }[];
}

interface SpaceAction<N extends string, I extends z.ZodType> extends DeclaredAction<N, I> {
  /** What it would do. Throws what `change` would. */
  plan(db: ReadConnection, input: z.output<I>, device: Device): Pick<Plan, 'summary' | 'steps'>;
  change(tx: LibraryWriteTransaction, input: z.output<I>, stamp: Stamp, device: Device): SpaceChange;
}

/** A change of spaces: few rows, in one write. The actions differ in what they change. */
export function spaceAction<const N extends string, I extends z.ZodType>(declared: SpaceAction<N, I>) {
  const { plan, change } = declared;
  return action({
    ...ownFacts(declared, ['NOT_FOUND', 'DISK_FULL']),
    output: outputSchema,
    permissions: ['library.write'],

    preview({ library: { db }, device }, asked) {
      return {
        plan: { ...plan(db, asked, device), conflicts: [], warnings: [] },
        basis: { spaces: stateOf(db) },
      };
    },

    commit({ library, clock, random, device }, asked) {
      const stamp = { ids: idSource(clock, random), now: clock.now() };
      return library.write((tx) => {
        const { done, changed } = change(tx, asked, stamp, device);
        tx.summary(done);
        const ids = listSpaces(tx).map(({ uuid }) => uuidToText(uuid));
        tx.emit({ resource: 'space', change: 'updated', ids });
        return { changed: changed.map(({ what, row, there }) => ({ what, id: uuidToText(row.uuid), there })) };
      });
    },

    verify: ({ library: { db } }, _asked, { changed }) =>
      observed(
        ...changed.map(({ what, id, there }): [string, boolean, boolean] => [
          `${what} ${id}`,
          there,
          LOOKUPS[what](db, id) !== undefined,
        ]),
      ),
  });
}

/** Differs where anything about spaces does. */
function stateOf(db: ReadConnection): string {
  const tables = ['spaces', 'space_groups', 'space_items'];
  return fingerprintOf(tables.map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY id`).all()));
}
