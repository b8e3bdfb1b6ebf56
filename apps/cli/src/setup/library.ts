import { act } from '../daemon/act.ts';
import { usage } from '../errors.ts';
import { printable } from '../format/text.ts';
import { done, librariesOf } from '../shared/library.ts';
import type { Sd } from '../sd.ts';
import type { LibrarySummary } from '../wire.ts';

const FIRST_NAME = 'My Library';

/** The library to set up: the one named, the only one, or a new one; open. `undefined` with `--dry-run`, where it would be new. */
export async function libraryForSetup(sd: Sd): Promise<LibrarySummary | undefined> {
  const libraries = await librariesOf(sd);
  const named = sd.globals.library;
  const found =
    named === undefined
      ? libraries
      : libraries.filter((one) => one.id === named || one.name.toLowerCase() === named.toLowerCase());
  const open = found.filter((one) => one.state === 'open');
  const [library, another] = open.length > 0 ? open : found;
  if (library === undefined) return create(sd, named ?? FIRST_NAME);
  if (another !== undefined)
    throw usage(
      'which library?',
      `name one with --library: ${found.map((one) => `"${printable(one.name)}"`).join(', ')}`,
    );
  return library.state === 'closed' && library.protection !== 'passphrase'
    ? act<LibrarySummary>(sd, { action: 'libraries.open', input: { which: library.id } })
    : library;
}

async function create(sd: Sd, name: string): Promise<LibrarySummary | undefined> {
  const made = await act<LibrarySummary>(sd, { action: 'libraries.create', input: { name } });
  if (made) done(sd, `Library "${printable(made.name)}" is made, encrypted`);
  return made;
}
