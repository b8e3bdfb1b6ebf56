import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { BenchDaemon } from './daemon.ts';
import { type Row, atMost, median } from './row.ts';

const SD = join(import.meta.dirname, '..', '..', 'bin', 'sd');
const ROUNDS = 20;

/** `sd status` against the Node on the PATH doing nothing, turn by turn. */
export function benchStatus(daemon: BenchDaemon): Row {
  const bare: number[] = [];
  const status: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(milliseconds('node', ['-e', '0'], daemon));
    status.push(milliseconds('node', [SD, 'status'], daemon));
  }
  return atMost(
    'sd status, against node -e 0',
    median(status) / median(bare),
    2,
    ' ×',
    `${median(status).toFixed(0)} ms, ${median(bare).toFixed(0)} ms`,
  );
}

function milliseconds(command: string, args: readonly string[], daemon: BenchDaemon): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(command, args, {
    env: { ...process.env, SD_DATA_DIR: daemon.dataFolder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) throw new Error(String(stderr));
  return performance.now() - started;
}
