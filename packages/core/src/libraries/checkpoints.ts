import type { LibraryServices } from './services.ts';

/** Looking costs a system call: not after each small write. */
const WRITES_BETWEEN_LOOKS = 32;
const LOG_LIMIT_BYTES = 8 * 1024 * 1024;

/**
 * Keeps the write-ahead log of a library small. The main thread only looks; moving pages into the database is a
 * thread's work. Whoever writes in bulk checkpoints by itself.
 */
export function checkpointIfGrown(
  { platform, maintenance }: Pick<LibraryServices, 'platform' | 'maintenance'>,
  path: string,
  key: Uint8Array,
): () => void {
  let writes = 0;
  let running = false;
  return () => {
    if (running || ++writes % WRITES_BETWEEN_LOOKS !== 0) return;
    if ((platform.files.facts(`${path}-wal`)?.size ?? 0) < LOG_LIMIT_BYTES) return;
    running = true;
    maintenance
      .run('checkpoint', { path, key, whole: false })
      .catch((error: unknown) =>
        platform.log.warn('the log of a library could not be checkpointed', { path, error: String(error) }),
      )
      .finally(() => (running = false));
  };
}
