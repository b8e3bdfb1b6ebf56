import { usage } from '../errors.ts';
import { addressOf } from '../shared/address.ts';

/** As `cp` has always taken them: the last of the paths is where the others go. */
export function sourcesAndTarget(paths: readonly string[], command: string): { sources: string[]; to: string } {
  const [to, ...sources] = paths.map(addressOf).toReversed();
  // A slash at its end says that it is a folder; the address alone would not.
  const isFolder = paths.at(-1)?.endsWith('/') === true;
  if (to === undefined || sources.length === 0) throw usage('where to?', `${command} SOURCE… TARGET`);
  return { sources: sources.toReversed(), to: isFolder && !to.endsWith('/') ? `${to}/` : to };
}
