import { type SystemPath, reach } from '../system-path.ts';

/** `reach` for what has two names. */
export function reachBoth<T>(from: string, to: string, use: (from: SystemPath, to: SystemPath) => T): T {
  return reach(from, (source) => reach(to, (target) => use(source, target)));
}
