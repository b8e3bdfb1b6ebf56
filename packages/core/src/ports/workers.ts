/** Threads that run the core's own roles, see `worker.ts`. */
export interface Workers {
  /** How many threads one piece of work may have now: what runs at the same time here, or fewer, as the user set it. */
  threads(): number;
  /**
   * `background`: gives way to threads that answer people, by `niceness` (1 to 19, where the system has it) and by
   * `pace`, which the role gets, see `pace.ts`.
   * `isolated`: a process of its own, where the platform has them, for work on files that may be hostile: it may crash,
   * or be killed when it takes more than `memoryMiB` or answers without end, and nothing else ends with it. Shared memory does not reach it.
   */
  spawn(
    role: string,
    options?: {
      background?: boolean;
      niceness?: number;
      pace?: SharedArrayBuffer;
      heapMiB?: number;
      youngHeapMiB?: number;
      isolated?: { memoryMiB: number };
    },
  ): Worker;
}

export interface Worker {
  post(message: unknown, transfer?: readonly (ArrayBufferLike | MessagePort)[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /**
   * Called once when the thread ends by itself or fails; not after `terminate`. The error is `IO` where it could not be
   * started, and `UNAVAILABLE` where the system ended it (memory ran out, say), which need not be its own doing.
   */
  onExit(listener: (error: Error | undefined) => void): void;
  terminate(): Promise<void>;
  /** Processor time an isolated process and the programs it started have used, in seconds, where the system says it. */
  cpuSeconds?(): number | undefined;
}

/** The other end of a `Worker`, as the thread sees it. */
export interface WorkerPort {
  post(message: unknown, transfer?: readonly (ArrayBufferLike | MessagePort)[]): void;
  onMessage(listener: (message: unknown) => void): void;
}
