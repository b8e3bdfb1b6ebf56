import { usage } from '../errors.ts';
import { printable } from '../format/text.ts';
import type { Sd } from '../sd.ts';
import type { LibrarySummary } from '../wire.ts';

/** The library that is meant: the one named, that of `--library`, or the only one there is. */
export async function whichLibrary(sd: Sd, named: string | undefined): Promise<string> {
  const given = named ?? sd.globals.library;
  if (given !== undefined) return given;
  const [only, ...others] = await librariesOf(sd);
  if (only === undefined) throw usage('there is no library yet', 'sd setup FOLDER, or sd library create NAME');
  if (others.length > 0)
    throw usage(
      'which library?',
      `name one of ${[only, ...others].map((one) => `"${printable(one.name)}"`).join(', ')}`,
    );
  return only.id;
}

export async function librariesOf(sd: Sd): Promise<readonly LibrarySummary[]> {
  const daemon = await sd.daemon();
  return (await daemon.call('query:libraries.list')).libraries;
}

/** The library by id or name, as the daemon lists it; `undefined` where it does not. */
export async function findLibrary(sd: Sd, idOrName: string): Promise<LibrarySummary | undefined> {
  const libraries = await librariesOf(sd);
  return (
    libraries.find((one) => one.id === idOrName) ??
    libraries.find((one) => one.name.toLowerCase() === idOrName.toLowerCase())
  );
}

export const PROTECTIONS: Readonly<Record<LibrarySummary['protection'], string>> = {
  keychain: 'encrypted; the key is in the system’s keychain',
  key_file: 'encrypted; the key is in the data folder, for this user only',
  passphrase: 'encrypted; it opens with a passphrase',
  unknown: 'encrypted',
};

export function done(sd: Sd, message: string): void {
  sd.out.remark(`${sd.out.errorColors.green('✓')} ${message}`);
}
