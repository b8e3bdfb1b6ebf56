import { readFileSync } from 'node:fs';
import type { Watching } from '@sd/core/ports/watching.ts';
import { watchesInUse } from './inotify-use.ts';

const SETTINGS = '/proc/sys/fs/inotify';
/** Where the system does not say how many events it keeps: what Linux keeps unless it is told otherwise. */
const USUAL_QUEUE = 16_384;

let queue: number | undefined;
/** How many events the system keeps for whoever does not read them. */
export function queueLength(): number {
  return (queue ??= setting('max_queued_events') ?? (process.platform === 'linux' ? USUAL_QUEUE : Infinity));
}

/** `Watching.limits`; other systems than Linux have none that one meets. */
export function watchLimits(): ReturnType<Watching['limits']> {
  const watches = setting('max_user_watches');
  if (watches === undefined) return {};
  const instances = setting('max_user_instances');
  return {
    watches,
    ...(instances === undefined ? {} : { instances }),
    used: watchesInUse(),
    raise: `sudo sysctl fs.inotify.max_user_watches=${Math.max(RAISE_TO, watches * 4)}`,
  };
}
const RAISE_TO = 524_288;

function setting(name: string): number | undefined {
  try {
    return Number(readFileSync(`${SETTINGS}/${name}`, 'utf8'));
  } catch {
    return undefined;
  }
}
