import type { BenchDaemon } from './daemon.ts';
import { type Row, atMost, percentile } from './row.ts';

/** Milliseconds of each of `count` calls, one after the other. */
export async function latencies(count: number, call: (index: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const started = performance.now();
    await call(index);
    times.push(performance.now() - started);
  }
  return times;
}

/** Listing a folder of a thousand children that are indexed, all in one page. */
export async function benchListing(daemon: BenchDaemon, folder: string): Promise<Row> {
  const list = () => daemon.client.call('query:vdfs.list_entries', { path: folder, limit: 1000 });
  const { entries } = await list();
  if (entries.length !== 1000 || !entries.every((entry) => entry.indexed))
    throw new Error(`the folder shows ${entries.length} entries, not 1000 that are indexed`);
  await latencies(100, list); // as with search: statements prepared, code compiled
  const times = await latencies(400, list);
  return atMost(
    'listing 1,000 children over the socket, p95',
    percentile(times, 95),
    8,
    ' ms',
    `p50 ${percentile(times, 50).toFixed(2)}`,
  );
}

/** A small query at a steady pace while a scan runs at full speed. */
export async function benchWhileIndexing(daemon: BenchDaemon, root: string): Promise<Row> {
  const { result } = await daemon.client.call('action:locations.add', { path: root, mode: 'shallow' });
  const times: number[] = [];
  let running = true;
  const ended = daemon.ended(result.job.id).finally(() => (running = false));
  while (running) {
    times.push(...(await latencies(1, () => daemon.client.call('query:jobs.info', { id: result.job.id }))));
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  await ended;
  return atMost(
    'small query over the socket while a full-speed index runs, p99',
    percentile(times, 99),
    25,
    ' ms',
    `p50 ${percentile(times, 50).toFixed(2)}, ${times.length} calls`,
  );
}
