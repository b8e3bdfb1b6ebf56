import { setTimeout as wait } from 'node:timers/promises';
import type { Sd } from '../sd.ts';
import { connect } from './connect.ts';
import type { Daemon } from './daemon.ts';

const SHORTEST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 2_000;

/** Connects for a stream that goes on over restarts. Starts a daemon to begin with, but not again: whoever stops it means it. */
export function dialer(sd: Sd): () => Promise<Daemon> {
  let first = true;
  return () => {
    const start = first;
    first = false;
    return start ? sd.daemon() : connect(sd, false);
  };
}

/** Waits before the next try to connect; says so before the first. */
export async function waitForDaemon(sd: Sd, attempt: number, signal: AbortSignal): Promise<void> {
  if (attempt === 1) sd.out.complain('the connection to the daemon is lost; it goes on when there is one again');
  await wait(Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** attempt), undefined, { signal }).catch(() => undefined);
}
