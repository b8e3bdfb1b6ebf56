import type { Client } from '@sd/client/client.ts';
import { type Row, atMost, percentile, round, told } from './row.ts';

const QUERIES = 1500;
/** As many hits as a person sees at once. */
const LIMIT = 50;

/** Searches a library that is indexed, text index included, one search after the other over the connection given. */
export async function benchSearch(client: Client): Promise<Row[]> {
  const names = await sampleOfNames(client);
  const pick = random(7);
  const substrings = (from: number, to: number): string[] =>
    Array.from({ length: QUERIES }, () => substring(names, pick, from + Math.floor(pick() * (to - from + 1))));

  await timesOf(client, substrings(3, 8).slice(0, 200)); // statements prepared, pages in memory
  const long = await timesOf(client, substrings(3, 8));
  const short = await timesOf(client, substrings(1, 2));
  return [
    atMost('search, substring of 3–8 characters, p50', percentile(long, 50), 2, ' ms'),
    atMost('search, substring of 3–8 characters, p95', percentile(long, 95), 8, ' ms', worst(long)),
    atMost('search, substring of 1–2 characters, p95', percentile(short, 95), 25, ' ms', worst(short)),
    ...(await filtersAndSorts(client)),
  ];
}

/** What goes through the whole library, or much of it: no reach is set, the figure is there to be seen. */
async function filtersAndSorts(client: Client): Promise<Row[]> {
  const searches: [what: string, params: object][] = [
    ['nothing matches', { text: 'qzxqzx' }],
    ['many false candidates', { text: '__.py' }],
    ['browse by kind and size, by size', { kinds: ['image'], min_size: 64_000, sort: 'size' }],
    ['browse everything, by size', { sort: 'size' }],
    ['browse everything, by name', { sort: 'name' }],
    ['300,000 hits, by size', { text: 'img', sort: 'size' }],
    ['300,000 hits, by name', { text: 'img', sort: 'name' }],
    ['without what is hidden', { text: 'report', hidden: false }],
  ];
  const rows: Row[] = [];
  for (const [what, params] of searches) {
    const times: number[] = [];
    for (let time = 0; time < 3; time++) times.push(await timeOf(client, params));
    rows.push(told(`search: ${what}`, `${round(percentile(times, 50))} ms`));
  }
  return rows;
}

async function timesOf(client: Client, texts: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const text of texts) times.push(await timeOf(client, { text }));
  return times;
}

async function timeOf(client: Client, params: object): Promise<number> {
  const started = performance.now();
  await client.call('query:search.files', { limit: LIMIT, ...params });
  return performance.now() - started;
}

function worst(times: readonly number[]): string {
  return `p99 ${round(percentile(times, 99))} ms, worst ${round(Math.max(...times))} ms`;
}

/** Names from both ends of two orders that have nothing to do with names. */
async function sampleOfNames(client: Client): Promise<string[]> {
  const names: string[] = [];
  for (const sort of ['size', 'modified'] as const) {
    for (const order of ['asc', 'desc'] as const) {
      let cursor: string | undefined;
      for (let page = 0; page < 3; page++) {
        const found = await client.call('query:search.files', {
          types: ['file'],
          sort,
          order,
          limit: 1000,
          ...(cursor ? { cursor } : {}),
        });
        names.push(...found.entries.map(({ name }) => name));
        cursor = found.next_cursor;
      }
    }
  }
  return names;
}

function substring(names: readonly string[], pick: () => number, length: number): string {
  for (;;) {
    const characters = [...(names[Math.floor(pick() * names.length)] ?? '')];
    const at = Math.floor(pick() * (characters.length - length + 1));
    const part = characters.slice(at, at + length).join('');
    if (characters.length >= length && part.trim() !== '') return part;
  }
}

/** The same searches in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
