import { type Finding, ok, problem } from '../finding.ts';
import type { Check } from '../world.ts';

/** The pages of every open library's databases. What must agree in them is for `sd library verify`, which takes longer. */
export const databases: Check = {
  name: 'databases',
  async run(world) {
    const found: Finding[] = [];
    for (const { id, name, state } of world.libraries()) {
      if (state !== 'open') continue;
      const { checked, problems } = await world.survey(id);
      const check = `databases of "${name}"`;
      found.push(
        problems.length === 0
          ? ok(check, `${checked.join(', ')}: whole`)
          : problem(check, problems.slice(0, 3).join('; '), `sd library verify "${name}", then sd library restore`),
      );
    }
    return found;
  },
};
