import type { Operation } from '../operation.ts';

/** Every operation, listed by hand; a test holds the list against the files. */
export const operations = [] as const satisfies readonly Operation[];
