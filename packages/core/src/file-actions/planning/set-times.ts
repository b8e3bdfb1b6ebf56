import type { PlanRequest } from '../protocol.ts';
import { factsOf } from '../facts-of.ts';
import type { Planned, PlanningParts } from './parts.ts';
import { refuseInterface } from './kernel-mounts.ts';
import { locate } from './locate.ts';
import { refuseOwnData } from './refusals.ts';
import { named } from './take-away.ts';
import { SdError } from '../../errors.ts';
import { showNative } from '../../domain/native-path.ts';

/** Plans `entries.set_times`: a folder's own times, not those of what is in it. */
export function planSetTimes(
  { sources: texts, times }: Extract<PlanRequest, { operation: 'entries.set_times' }>,
  parts: PlanningParts,
): Planned {
  const found = new Map(texts.map((text) => locate(text, parts)).map((source) => [source.path, source]));
  const sources = [...found.values()];
  for (const source of sources) {
    refuseOwnData(source.path, parts);
    refuseInterface(source.path, parts.disk);
    if (parts.disk.mountOf(source.path)?.readOnly)
      throw new SdError('NOT_WRITABLE', `${showNative(source.path)} lies on a file system that cannot be written`, {
        way_out: 'mount it so that it can be written',
      });
    parts.out.add({
      kind: 'set_times',
      name: source.path,
      facts: factsOf(source.facts),
      entry: source.known?.id,
      times,
    });
    parts.out.count(source.facts);
  }
  return { summary: `Set the times of ${named(sources)}` };
}
