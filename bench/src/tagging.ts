import type { Client } from '@sd/client/client.ts';
import { type Row, atMost, median, round, told } from './row.ts';

const RESULTS = 10_000;

/** Tags what a search finds, some ten thousand files, and undoes it; on a library that is indexed. */
export async function benchTagging(client: Client, rounds: number): Promise<Row[]> {
  const search = await searchThatFinds(client, RESULTS);
  const { count } = await client.call('query:search.count', search);
  const times = { preview: [] as number[], apply: [] as number[], undo: [] as number[], list: [] as number[] };
  // The first one starts the threads.
  for (let time = -1; time < rounds; time++) {
    const input = { tags: [`bench ${time}`], targets: { search }, create: true };
    const timed = async <T>(what: keyof typeof times, work: () => Promise<T>): Promise<T> => {
      const started = performance.now();
      const result = await work();
      if (time >= 0) times[what].push(performance.now() - started);
      return result;
    };
    await timed('preview', () => client.call('preview:tags.apply', input));
    const { receipt, result } = await timed('apply', () => client.call('action:tags.apply', input));
    if (result.changed === 0) throw new Error('nothing was tagged');
    await timed('list', () => client.call('query:search.files', { query: `tag:"bench ${time}"`, limit: 50 }));
    await timed('undo', () => client.call('action:history.undo', { receipt }));
  }
  const found = `${count} results`;
  return [
    atMost('tag 10,000 search results', median(times.apply), 300, ' ms', found),
    atMost('undo that', median(times.undo), 300, ' ms'),
    told('preview of it', `${round(median(times.preview))} ms`),
    told('first page of what has the tag', `${round(median(times.list))} ms`),
  ];
}

/** Files from a size on, so that there are about that many. */
async function searchThatFinds(client: Client, wanted: number): Promise<{ types: ['file']; min_size: number }> {
  let [low, high] = [0, 2 ** 40];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const { count } = await client.call('query:search.count', { types: ['file'], min_size: middle });
    if (count > wanted) low = middle;
    else high = middle;
  }
  const few = await client.call('query:search.count', { types: ['file'], min_size: high });
  // Where many are of one size, rather too many than too few.
  return { types: ['file'], min_size: few.count < wanted * 0.9 ? low : high };
}
