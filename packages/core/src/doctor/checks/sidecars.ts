import { type Finding, ok, warning } from '../finding.ts';
import type { Check } from '../world.ts';

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
      if (orphans > 0)
        found.push(warning(check, `${orphans} contents have some and no file any more`, 'sd sidecar sweep'));
      if (absent + orphans === 0) {
        const broken = failed > 0 ? `, ${failed} could not be made (sd sidecar list)` : '';
        found.push(ok(check, `${made} made${broken}`));
      }
    }
    return found;
  },
};
