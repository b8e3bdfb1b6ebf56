import type { Migration } from '../../migrate.ts';
import { first } from './0001-first.ts';
import { livingIndex } from './0002-living-index.ts';
import { safeHands } from './0003-safe-hands.ts';

/** Every migration of a library's database, in order, listed by hand; a test holds the list against the files. */
export const migrations: readonly Migration[] = [first, livingIndex, safeHands];
