import { nodeSqlite } from '/work/main/packages/platform-node/src/sqlite.ts';
import { askingOf } from '/work/main/packages/core/src/search/asking.ts';
import { search } from '/work/main/packages/core/src/search/search.ts';
import { searchInputSchema } from '/work/main/packages/core/src/domain/search-input.ts';
import { everyHit } from '/work/main/packages/core/src/search/every-hit.ts';
const path = process.argv[2]!; const index = { remove() {} };
const db = nodeSqlite.open({ path, key: new Uint8Array(32).fill(7), mode: 'read', cacheKiB: 8192 });
const world = { db, names: undefined, texts: undefined, check: () => {} };
const device = { id: '00000000-0000-7000-8000-000000000001', slug: 'x' } as never;
let seed = 7; const rnd = (n: number) => { seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0; return Math.floor(seed / 2 ** 32 * n); };
const run = (query: string, sort = 'relevance') => {
  const s = performance.now();
  const a = askingOf(searchInputSchema.parse({ query }), { world, device, now: Date.now() });
  const r = search(world, { text: a.text, filter: a.filter, order: { sort: sort as any, descending: sort !== 'relevance' }, limit: 50 });
  return { ms: performance.now() - s, count: r.total.count, more: r.total.more };
};
const q = (xs: number[], p: number) => xs.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(p / 100 * xs.length) - 1)]!.toFixed(1);
const YEAR = () => 2015 + rnd(10);
const leafH = () => `holiday ${rnd(10)}`;
const kinds = ['image','video','audio','document','text'];
const families: [string, () => string][] = [
  ['taken + size + type + tag leaf', () => { const i = rnd(100); return `type:${kinds[rnd(5)]} size:>${rnd(3)}mb taken:${YEAR()} tag:"holiday ${i % 10} ${i}"`; }],
  ['taken + size + type + tag branch', () => `type:${kinds[rnd(5)]} size:>${rnd(3)}mb taken:${YEAR()} tag:"${leafH()}"`],
  ['taken + size + type + tag top', () => `type:${kinds[rnd(5)]} size:>${rnd(3)}mb taken:${YEAR()} tag:holiday`],
  ['modified + size + type + tag branch', () => `type:${kinds[rnd(5)]} size:>${rnd(3)}mb modified:${YEAR()} tag:"${leafH()}"`],
  ['modified + size + type + tag top', () => `type:${kinds[rnd(5)]} size:>${rnd(3)}mb modified:${YEAR()} tag:holiday`],
  ['modified + size + ext + big top', () => `ext:jpg size:>${rnd(3)}mb modified:${YEAR()} tag:work`],
  ['rating + size + camera + big branch', () => `rating:>=4 size:>${rnd(3)}mb camera:"camera ${rnd(20)}" tag:"work ${rnd(10)}"`],
  ['-tag + rating', () => `type:image -tag:work rating:5 modified:${YEAR()}`],
];
const M = Number(process.argv[3] ?? 30);
for (const sort of ['relevance', 'modified']) for (const [name, make] of families) {
  const first = run(make(), sort);
  const times: number[] = []; let count = 0;
  for (let i = 0; i < M; i++) { const r = run(make(), sort); times.push(r.ms); count += r.count; }
  console.log(sort.padEnd(10), name.padEnd(40), 'first', first.ms.toFixed(1), 'p50', q(times, 50), 'p95', q(times, 95), 'max', q(times, 100), 'avg hits', (count / M).toFixed(0));
}
console.log(process.memoryUsage().rss / 1e6);
(globalThis as any).keep = index;
if (!process.env.KEEP) index.remove();
