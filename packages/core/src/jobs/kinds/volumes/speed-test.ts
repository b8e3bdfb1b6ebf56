import { z } from 'zod';
import { uuidSchema } from '../../../domain/ids.ts';
import type { SpeedTests } from '../../../volumes/speed-tests.ts';
import { type JobKind, jobKind } from '../../kind.ts';

/** Measures a volume. Its result is what is kept with the volume. */
export function speedTestVolume(speedTests: Pick<SpeedTests, 'run'>): JobKind {
  return jobKind({
    name: 'volumes.speed_test',
    version: 1,
    summary: 'Measures how fast a volume is written and read.',
    input: z.object({ volume: uuidSchema, bytes: z.int() }),
    // Half a measurement is none: one that was stopped begins anew.
    state: z.object({}),
    begin: () => ({}),
    // Two at once would measure each other.
    exclusive: () => 'volumes.speed_test',
    atOnce: 1,
    // What is asked for now is no answer tomorrow.
    temporary: [],
    async run(context) {
      const { volume, bytes } = context.input;
      const speed = await speedTests.run(context.library, volume, bytes, {
        signal: context.signal,
        progress: (phase, done) =>
          context.progress({ phase, done: phase === 'write' ? 0 : 1, total: 2, bytes: done, bytes_total: bytes }),
      });
      if (!speed) context.checkpoint({});
      return speed ?? {};
    },
  });
}
