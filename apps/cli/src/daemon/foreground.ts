import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { daemonCommand } from '@sd/client/node/installation.ts';
import { CliError } from '../errors.ts';
import type { Sd } from '../sd.ts';

/** Runs the daemon as a child with this terminal; answers its exit code. */
export async function runInForeground(sd: Sd): Promise<number> {
  const { runtimes, script } = daemonCommand();
  const [runtime] = runtimes;
  if (runtime === undefined) throw new CliError('FAILED', 'there is no Node.js here that the daemon runs on');
  const child = spawn(runtime, [script, '--data-dir', sd.dataFolder, '--foreground'], { stdio: 'inherit' });
  // The terminal sends Ctrl-C to both; the daemon ends in its own time, and this with it.
  sd.interrupts.handle(() => undefined);
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on('SIGTERM', forward);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.removeListener('SIGTERM', forward);
  return code ?? 1;
}
