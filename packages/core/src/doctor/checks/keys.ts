import { joinNative, showNative } from '../../domain/native-path.ts';
import { newListing } from '../../folder-listing.ts';
import { type Finding, ok, problem, warning } from '../finding.ts';
import type { Check, DoctorWorld } from '../world.ts';

const PLACES = {
  keychain: 'its key is in the keychain of the system',
  key_file: 'its key is in a file that only you can read',
  passphrase: 'its key is wrapped by a passphrase',
};

/** Where keys are, whether they can be had, and whether nobody else can have them. */
export const keys: Check = {
  name: 'keys',
  run(world) {
    return [...world.libraries().map(ofLibrary), ...openFiles(world)];
  },
};

function ofLibrary({ name, state, reason, protection }: ReturnType<DoctorWorld['libraries']>[number]): Finding {
  const check = `key of "${name}"`;
  if (state === 'locked') return ok(check, 'locked: its passphrase opens it');
  if (state === 'damaged')
    return problem(check, reason ?? 'it does not open', `sd library restore a backup of "${name}"`);
  if (protection === 'unknown' || state === 'missing')
    return warning(check, reason ?? 'not looked for: the library is not open', `sd library open "${name}"`);
  return ok(check, PLACES[protection]);
}

function openFiles({ files, dataFolder }: DoctorWorld): Finding[] {
  const folder = joinNative(dataFolder, 'keys');
  if (!files.facts(folder)) return [];
  const listing = newListing();
  files.listFolder(folder, listing);
  const open = listing.names.filter((name) => files.isPrivate(joinNative(folder, name)) === false);
  const shown = showNative(folder);
  if (open.length === 0) return [ok('key files', `${listing.names.length} in ${shown}, none readable by others`)];
  return [problem('key files', `${open.length} in ${shown} can be read by others`, `chmod 600 ${shown}/*`)];
}
