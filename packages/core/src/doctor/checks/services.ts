import { ok, problem } from '../finding.ts';
import type { Check } from '../world.ts';

/** The parts of the core that run as long as it does. */
export const services: Check = {
  name: 'services',
  run({ status }) {
    const { services: all } = status();
    const failed = all.filter(({ state }) => state === 'failed');
    if (failed.length === 0) return [ok('services', `${all.length} running`)];
    return failed.map(({ name, detail }) =>
      problem(`service ${name}`, detail ?? 'it has failed', 'sd logs, then sd restart'),
    );
  },
};
