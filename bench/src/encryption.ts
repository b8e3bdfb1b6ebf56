import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@sd/client/client.ts';
import { openCore } from '@sd/core/core.ts';
import type { JobInfo } from '@sd/core/jobs/job-manager.ts';
import { nodePlatform } from '@sd/platform-node/platform.ts';
import { lineLog } from '@sd/platform-node/line-log.ts';
import { latencies } from './interactive.ts';
import { plainSqlite } from './plain-sqlite.ts';
import { warm } from './reference.ts';
import { type Row, atMost, median } from './row.ts';
import { tree } from './trees.ts';

/** The same work with and without the cipher, turn by turn in one process each. */
export async function benchEncryption(trees: string, files: number, rounds: number): Promise<Row[]> {
  const root = tree(trees, 'home', files);
  warm(root);
  const runs = {
    cipher: { index: [] as number[], search: [] as number[] },
    plain: { index: [] as number[], search: [] as number[] },
  };
  for (let round = 0; round < rounds; round++) {
    for (const kind of ['plain', 'cipher'] as const) {
      const { index, search } = await once(root, kind);
      runs[kind].index.push(index);
      runs[kind].search.push(search);
    }
  }
  const more = (of: 'index' | 'search'): number => (median(runs.cipher[of]) / median(runs.plain[of]) - 1) * 100;
  const detail = (of: 'index' | 'search', unit: string): string =>
    `${median(runs.cipher[of]).toFixed(2)} ${unit} against ${median(runs.plain[of]).toFixed(2)}`;
  return [
    atMost('what encryption costs on index', more('index'), 20, ' %', detail('index', 's')),
    atMost('what encryption costs on search', more('search'), 10, ' %', detail('search', 'ms')),
  ];
}

const QUERIES = ['report', 'img_2019', 'kitchen-tax', 'müller', 'readme', 'garden', '_1203', 'scan-', 'lisbon', 'xlsx'];

async function once(root: string, kind: 'plain' | 'cipher'): Promise<{ index: number; search: number }> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'sd-bench-'));
  const workerEntry = new URL(
    kind === 'plain' ? './plain-worker-entry.ts' : import.meta.resolve('@sd/platform-node/worker-entry.ts'),
    import.meta.url,
  );
  const platform = nodePlatform({ dataFolder, log: lineLog({}), keychain: false, workerEntry });
  const core = await openCore(kind === 'plain' ? { ...platform, sqlite: plainSqlite(platform.sqlite) } : platform, {
    dataFolder,
    version: 'bench',
  });
  const client = connect(core.connect(), { client: 'bench' });
  try {
    await client.call('action:libraries.create', { name: 'Bench' });
    const started = performance.now();
    const { result } = await client.call('action:locations.add', { path: root, mode: 'shallow' });
    await jobDone(client, result.job.id);
    const index = (performance.now() - started) / 1000;
    while ((await client.call('query:search.files', { text: 'zzzz' })).text_index !== 'ready')
      await new Promise((resolve) => setTimeout(resolve, 50));
    const search = (text: string) => client.call('query:search.files', { text });
    for (const text of QUERIES) await search(text);
    const times = await latencies(200, (at) => search(QUERIES[at % QUERIES.length] ?? ''));
    return { index, search: times.reduce((sum, time) => sum + time, 0) / times.length };
  } finally {
    client.close();
    await core.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

async function jobDone(client: ReturnType<typeof connect>, id: string): Promise<void> {
  for (;;) {
    const job = (await client.call('query:jobs.info', { id })) as JobInfo;
    if (job.state === 'completed') return;
    if (job.state !== 'queued' && job.state !== 'running') throw new Error(`the job ${job.state}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
