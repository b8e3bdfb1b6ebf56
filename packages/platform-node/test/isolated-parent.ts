// A process that starts an isolated one, which is busy for ever, says its id, and waits to be killed.
import { nodeWorkers } from '../src/workers.ts';

const worker = nodeWorkers(new URL('./isolated-entry.ts', import.meta.url)).spawn('test', {
  isolated: { memoryMiB: 500 },
});
worker.onMessage((pid) => process.stdout.write(`${String(pid)}\n`));
worker.post({ action: 'loop' });
setInterval(() => undefined, 60_000);
