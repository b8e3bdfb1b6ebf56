import { type Finding, ok, warning } from '../finding.ts';
import type { Check } from '../world.ts';

const MANY_ORPHANS = 1_000;

/** What was derived from contents: whether it is there, and whether what it was made of is. */
export const sidecars: Check = {
  name: 'sidecars',
  async run(world) {
    const found: Finding[] = [];
    for (const { id, name, folder, state } of world.libraries()) {
      if (state !== 'open') continue;
      const { made, failed, orphans, sample } = (await world.survey(id)).sidecars;
      const absent = sample.filter((content) => !world.files.facts(world.sidecarFolder(folder, content))).length;
      const check = `sidecars of "${name}"`;
      if (absent > 0)
        found.push(
          // A row that says a file is made hides it from the making; the sweep takes such rows away.
          warning(
            check,
            `${absent} of ${sample.length} that were looked for are not on the disk`,
            'sd sidecar sweep && sd sidecar make',
          ),
        );
      // They go by themselves within a day: many of them say that they do not.
      if (orphans > Math.max(MANY_ORPHANS, made / 2))
        found.push(warning(check, `those of ${orphans} contents have no file any more`, 'sd sidecar sweep'));
      else if (absent === 0) {
        const broken = failed > 0 ? `, ${failed} could not be made (sd sidecar list)` : '';
        const old = orphans > 0 ? `, those of contents that are gone, ${orphans}, are swept within a day` : '';
        found.push(ok(check, `${made} made${broken}${old}`));
      }
    }
    return found;
  },
};
