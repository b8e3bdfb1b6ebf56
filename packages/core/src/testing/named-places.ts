import { listLocations } from '../db/library/locations.ts';
import { SdError } from '../errors.ts';
import type { Places } from '../search/filtering/around.ts';
import type { SearchLibrary } from './search-fixture.ts';

/** Finds the locations of a test's library by name; it has no paths. */
export function placesOf(library: SearchLibrary): Places {
  return {
    folderAt: (text) => notThere(text),
    location: (text) => listLocations(library.world.db).find(({ name }) => name === text) ?? notThere(text),
  };
}

function notThere(text: string): never {
  throw new SdError('NOT_FOUND', `there is no ${text}`);
}
