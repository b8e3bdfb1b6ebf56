import { asCliError } from '../errors.ts';
import type { Sd } from '../sd.ts';
import type { JobInfo, LibrarySummary, LocationView } from '../wire.ts';

export const VALUE_SOURCES = ['library', 'location', 'job', 'method'] as const;
export type ValueSource = (typeof VALUE_SOURCES)[number];

/** Words that only the daemon knows. A key press must not start one: without a daemon there are none. */
export async function knownValues(sd: Sd, source: ValueSource): Promise<string[]> {
  try {
    const daemon = await sd.daemon({ start: false });
    switch (source) {
      case 'library':
        return (await daemon.call<{ libraries: LibrarySummary[] }>('query:libraries.list')).libraries.map(({ name }) => name);
      case 'location':
        return (await daemon.call<{ locations: LocationView[] }>('query:locations.list')).locations.map(({ name }) => name);
      case 'job':
        return (await daemon.call<{ jobs: JobInfo[] }>('query:jobs.list')).jobs.map(({ id }) => id);
      case 'method':
        return (await daemon.call<{ methods: { name: string }[] }>('rpc.discover')).methods.map(({ name }) => name);
    }
  } catch (error) {
    // No daemon, no library, a locked one: nothing to offer.
    if (asCliError(error).code !== 'INTERNAL') return [];
    throw error;
  }
}
