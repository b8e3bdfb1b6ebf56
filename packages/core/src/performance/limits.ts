import type { PerformanceSetting } from '../domain/settings.ts';

/** What background work may take. */
export interface PerformanceLimits {
  /** Jobs at once, over all libraries. */
  readonly jobs: number;
  /** Threads of one piece of work. */
  readonly threads: number;
  /** Of background threads, from 1 to 19. */
  readonly niceness: number;
  /** Of the usual size of their page caches. */
  readonly cachePercent: number;
}

/** `cores`: how many threads can work at the same time here. */
export function limitsOf(setting: PerformanceSetting, cores: number): PerformanceLimits {
  switch (setting) {
    case 'gentle':
      return { jobs: 1, threads: Math.max(1, Math.floor(cores / 4)), niceness: 19, cachePercent: 50 };
    case 'balanced':
      // On two cores both: a thread that waits for the disk leaves its core to others.
      return {
        jobs: 2,
        threads: Math.min(cores, Math.max(2, Math.ceil((cores * 3) / 4))),
        niceness: 10,
        cachePercent: 100,
      };
    case 'full':
      return { jobs: 4, threads: cores, niceness: 5, cachePercent: 200 };
  }
}
