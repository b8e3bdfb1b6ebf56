import { asSdError, type SdError } from '../../errors.ts';
import { needed, type CarryWorld, type Ready } from './world.ts';

/**
 * What moves to another file system is read back once it is on the disk, before its source may be removed: each file
 * with its hash, why it is not the same, or `stopped`.
 */
export function readBack(world: CarryWorld, batch: readonly Ready[]): (Ready | SdError | 'stopped')[] {
  const toRead = new Set(batch.filter(({ step, made }) => step.kind === 'move' && step.state === 'waiting' && made));
  const volumes = new Map([...toRead].map(({ made }) => [made?.facts.device, made?.path]));
  for (const path of volumes.values()) world.userFiles.syncVolume(needed(path));
  return batch.map((ready) => {
    const { step, made } = ready;
    if (!made || !toRead.has(ready)) return ready;
    try {
      const source = needed(world.paths.of(step).source);
      const hash = world.content.readBack(source, made.path, made.facts, () => !world.stopped());
      return hash === 'stopped' ? hash : { ...ready, made: { ...made, hash } };
    } catch (error) {
      return asSdError(error);
    }
  });
}
