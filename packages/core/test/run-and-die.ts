import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('carry-out-child.ts', import.meta.url));
/** The child says a line so often, once it has begun. */
const LINE_MS = 5;

/**
 * Runs a core of its own on a data folder, which is told `method` with `input` where there is one and goes on with what
 * it was told before; kills it with -9 some `after` milliseconds after it has begun, as `begun` has it: else when it is
 * open.
 */
export function runAndDie(
  after: number,
  dataFolder: string,
  { method, input, begun = () => true }: { method?: string; input?: object; begun?: () => boolean } = {},
): Promise<void> {
  const told = method === undefined ? [] : [method, JSON.stringify(input ?? {})];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, dataFolder, ...told], { stdio: ['ignore', 'pipe', 'inherit'] });
    let lines = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (lines > 0 || begun()) lines += text.split('\n').length - 1;
      if (lines > after / LINE_MS) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', (code, signal) =>
      signal === 'SIGKILL' ? resolve() : reject(new Error(`it ended by itself: ${code}`)),
    );
  });
}
