export interface StopSignals {
  /** Resolves with the reason, once. */
  readonly requested: Promise<string>;
  readonly request: (reason: string) => void;
}

/**
 * SIGTERM and SIGINT ask for an orderly stop. In the foreground so does the end of the terminal (SIGHUP); a daemon in
 * the background outlives it. A second Ctrl-C does not wait.
 */
export function stopSignals(foreground: boolean): StopSignals {
  const { promise, resolve } = Promise.withResolvers<string>();
  process.on('SIGTERM', () => resolve('SIGTERM'));
  process.on('SIGINT', () => {
    if (foreground && process.listenerCount('SIGINT') === 1) process.once('SIGINT', () => process.exit(1));
    resolve('SIGINT');
  });
  process.on('SIGHUP', () => {
    if (foreground) resolve('SIGHUP');
  });
  return { requested: promise, request: resolve };
}
