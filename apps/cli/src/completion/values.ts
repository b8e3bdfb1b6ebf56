import type { Sd } from '../sd.ts';
import { tagLabel } from '../shared/tags.ts';
import { methodNames } from '../shared/methods.ts';
import { queryValues } from './query-values.ts';

export const VALUE_SOURCES = [
  'library',
  'location',
  'volume',
  'job',
  'tag',
  'collection',
  'space',
  'method',
  'query',
] as const;
export type ValueSource = (typeof VALUE_SOURCES)[number];

/**
 * Words that only the daemon knows. A key press must not start one: without a daemon there are none. `typed`: the word so
 * far; only those of a query go by it.
 */
export async function knownValues(sd: Sd, source: ValueSource, typed: string): Promise<string[]> {
  try {
    const daemon = await sd.daemon({ start: false });
    switch (source) {
      case 'library':
        return (await daemon.call('query:libraries.list')).libraries.map(({ name }) => name);
      case 'location':
        return (await daemon.call('query:locations.list')).locations.map(({ name }) => name);
      case 'volume':
        return (await daemon.call('query:volumes.list')).volumes.map(({ name }) => name);
      case 'job':
        return (await daemon.call('query:jobs.list')).jobs.map(({ id }) => id);
      case 'tag':
        return (await daemon.call('query:tags.list', { limit: 1000 })).tags.map(tagLabel);
      case 'collection':
        return (await daemon.call('query:collections.list', { counts: false })).collections.map(({ name }) => name);
      case 'space':
        return (await daemon.call('query:spaces.list')).spaces.map(({ name }) => name);
      case 'method':
        return await methodNames(daemon);
      case 'query':
        return await queryValues(daemon, typed);
    }
  } catch {
    // No daemon, no library, a locked one: nothing to offer, and no place to complain.
    return [];
  }
}
