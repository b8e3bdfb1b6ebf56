import { parentOf, showNative } from '../../domain/native-path.ts';
import type { Located } from './locate.ts';
import type { PlanningParts } from './parts.ts';
import { several } from './warnings.ts';

/** To ask every process what it has open may take long on a machine with many. */
const LOOK_MS = 100;

/** Says which of what is to go another program has open, as far as the system tells. */
export function sayOpenElsewhere(sources: readonly Located[], { openFiles, now, warnings }: PlanningParts): void {
  if (!openFiles) return;
  const until = now() + LOOK_MS;
  const wanted = new Set(sources.map(({ path }) => path));
  const open = new Set<string>();
  for (const path of openFiles(() => now() > until))
    for (let at: string | undefined = path; at !== undefined; at = parentOf(at)) if (wanted.has(at)) open.add(path);
  const [first] = open;
  if (first !== undefined)
    warnings.say(`${several(open.size, 'file is', 'files are')} open in another program (${showNative(first)})`);
}
