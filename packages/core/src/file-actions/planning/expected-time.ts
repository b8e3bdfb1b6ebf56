import type { Located } from './locate.ts';
import type { PlanningParts } from './parts.ts';

/** How long it takes to write so many bytes, by the speeds that were measured of the volumes; nothing where they were not. */
export function expectedMs(
  bytes: number,
  sources: readonly Located[],
  folder: { readonly path: string },
  { disk }: Pick<PlanningParts, 'disk'>,
): { expectedMs?: number } {
  if (bytes === 0) return {};
  const to = disk.mountOf(folder.path);
  const from = sources.map(({ path }) => disk.mountOf(path));
  const slowest = Math.min(...from.map((mount) => mount?.readSpeed ?? Number.NaN));
  if (!to?.writeSpeed || !(slowest > 0)) return {};
  // Read and written at once on two disks; on one, they wait for each other.
  const apart = from.every((mount) => mount?.superblock !== to.superblock);
  const seconds = apart ? bytes / Math.min(slowest, to.writeSpeed) : bytes / slowest + bytes / to.writeSpeed;
  return { expectedMs: Math.round(seconds * 1000) };
}
