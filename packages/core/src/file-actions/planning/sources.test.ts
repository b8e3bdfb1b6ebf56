import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { writeTree } from '../../testing/file-world.ts';
import { planningBench } from '../../testing/planning-fixture.ts';
import { IndexedTree } from './indexed-tree.ts';

const MOUNT = { superblock: 1, identity: 'one', network: false, readOnly: false, copyOnWrite: false };

test('what the kernel shows as files is no source and no target; what it keeps in memory is', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { 'shown/self/x': '1', 'memory/x': '2', 'layer/y': '3' });
  const at = (path: string): string => `${bench.folder}/${path}`;
  bench.mounts = [
    { path: '/', ...MOUNT, fileSystem: 'overlay', virtual: true },
    { path: at('shown'), ...MOUNT, fileSystem: 'proc', virtual: true },
    { path: at('memory'), ...MOUNT, fileSystem: 'tmpfs', virtual: true },
  ];
  const refused = { code: 'UNAVAILABLE', message: /holds no files/ };
  for (const source of [at('shown'), at('shown/self'), at('shown/self/x')]) {
    const sources = [source];
    for (const operation of ['entries.trash', 'entries.delete'] as const)
      await assert.rejects(bench.plan({ operation, sources }), refused);
    for (const operation of ['entries.copy', 'entries.move'] as const)
      await assert.rejects(bench.plan({ operation, sources, to: at('layer'), on_conflict: 'ask' }), refused);
    await assert.rejects(bench.plan({ operation: 'entries.set_times', sources, times: { modified: 1 } }), refused);
  }
  const into = { operation: 'entries.copy', sources: [at('layer/y')], on_conflict: 'ask' } as const;
  await assert.rejects(bench.plan({ ...into, to: at('shown/self') }), refused);
  await assert.rejects(
    bench.plan({ operation: 'entries.create_folder', target: at('shown/new'), parents: false }),
    refused,
  );
  assert.equal((await bench.plan({ ...into, to: at('memory') })).plan.totals?.files, 1);
  assert.equal((await bench.plan({ operation: 'entries.trash', sources: [at('memory/x')] })).plan.totals?.files, 1);
});

test('what lies within another source goes with it, and many folders take no longer each', async (context) => {
  const bench = planningBench(context);
  const count = 10_000;
  for (let at = 0; at < count; at++) mkdirSync(`${bench.folder}/${at}`);
  writeTree(bench.folder, { '7/below/x': '1' });
  const sources = Array.from({ length: count }, (_, at) => `${bench.folder}/${at}`);
  const timed = async (some: readonly string[]): Promise<number> => {
    const began = performance.now();
    await bench.plan({ operation: 'entries.trash', sources: some });
    return performance.now() - began;
  };
  await timed(sources.slice(0, 1_000));
  const few = await timed(sources.slice(0, 1_000));
  const all = await timed(sources);
  context.diagnostic(`1,000: ${Math.round(few)} ms, 10,000: ${Math.round(all)} ms`);
  assert.ok(all < 30 * few + 200, `10,000 folders took ${all} ms, 1,000 took ${few} ms`);
  const { plan } = await bench.plan({
    operation: 'entries.trash',
    sources: ['7', '7/below/x', '7', '70'].map((name) => `${bench.folder}/${name}`),
  });
  assert.equal(plan.totals?.steps, 2);
  assert.match(plan.warnings.join(), /2 sources are named twice, or lie within another/);
});

test('what the index knows of many files of one folder is read in one go', () => {
  const asked: string[] = [];
  const rows = Array.from({ length: 1_000 }, (_, id) => ({ id, name: `${id}.txt`, content: null }));
  const prepare = (sql: string) => ({
    get: (_folder: number, name: string) => (
      asked.push('one'),
      sql.includes('type =') ? undefined : rows[parseInt(name)]
    ),
    all: () => (sql.includes('FROM locations') ? [] : (asked.push('all'), rows)),
  });
  const index = new IndexedTree({ prepare } as never);
  for (const { id, name } of rows) assert.equal(index.child(7, name)?.id, id);
  assert.equal(index.child(7, 'none'), undefined);
  assert.equal(asked.filter((how) => how === 'all').length, 1);
  assert.ok(asked.length < 20, `${asked.length} questions`);
});
