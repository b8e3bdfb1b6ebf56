import { EXIT } from './errors.ts';

/** Ctrl-C. Whoever has something to stop first says so; else, and the second time, the process ends at once. */
export interface Interrupts {
  /** Calls `stop` at the first Ctrl-C while it is handled. Answers how to let go. */
  handle(stop: () => void): () => void;
}

export function processInterrupts(): Interrupts {
  const leave = (): never => process.exit(EXIT.CANCELLED[0]);
  return {
    handle(stop) {
      const first = (): void => {
        process.removeListener('SIGINT', first);
        process.on('SIGINT', leave);
        stop();
      };
      process.on('SIGINT', first);
      return () => {
        process.removeListener('SIGINT', first);
        process.removeListener('SIGINT', leave);
      };
    },
  };
}
