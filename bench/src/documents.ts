import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@sd/client/client.ts';
import { BenchDaemon } from './daemon.ts';
import { type Row, atMost, percentile, round, told } from './row.ts';

const WORDS = 40_000;
const PER_FOLDER = 500;
const QUERIES = 200;

/** Reads the text of documents, then searches it as a person would: a page of 50 with its snippets. */
export async function benchDocuments(trees: string, files: number): Promise<Row[]> {
  const pick = random(11);
  const words = vocabulary();
  const folder = documents(trees, files, words);
  const daemon = await BenchDaemon.start();
  const { location } = await daemon.index(folder, 'content');
  const started = performance.now();
  const { result } = await daemon.client.call('action:sidecars.make', { location });
  await daemon.ended(result.job.id);
  const seconds = (performance.now() - started) / 1000;
  const common = (): string => word(words, pick);
  const rare = (): string => words[Math.floor(pick() * words.length)] ?? '';
  await timesOf(daemon.client, 20, common);
  const one = await timesOf(daemon.client, QUERIES, common);
  const two = await timesOf(daemon.client, QUERIES, () => `${common()} ${common()}`);
  const few = await timesOf(daemon.client, QUERIES, rare);
  const size = statSync(join(daemon.dataFolder, 'libraries', 'Bench.sdlibrary', 'texts.db')).size;
  await daemon.stop();
  return [
    told(`the text of ${files} documents`, `${round(files / seconds)} files/s, ${round(size / files)} bytes each`),
    atMost('search in contents, one word, p50', percentile(one, 50), 60, ' ms'),
    atMost('search in contents, one word, p95', percentile(one, 95), 150, ' ms'),
    atMost('search in contents, two words, p95', percentile(two, 95), 150, ' ms'),
    atMost('search in contents, rare words, p95', percentile(few, 95), 40, ' ms'),
  ];
}

async function timesOf(client: Client, times: number, text: () => string): Promise<number[]> {
  const taken: number[] = [];
  for (let time = 0; time < times; time++) {
    const started = performance.now();
    await client.call('query:search.files', { text: text(), in: 'contents', limit: 50 });
    taken.push(performance.now() - started);
  }
  return taken;
}

/** Files of some hundred words each, made once; how often a word comes falls with its place, as in any language. */
function documents(trees: string, files: number, words: readonly string[]): string {
  const folder = join(trees, `documents-${files}`);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  const pick = random(3);
  for (let at = 0; at < files; at++) {
    const into = join(partial, String(Math.floor(at / PER_FOLDER)));
    if (at % PER_FOLDER === 0) mkdirSync(into, { recursive: true });
    const text = Array.from({ length: 50 + Math.floor(pick() * 900) }, () => word(words, pick)).join(' ');
    writeFileSync(join(into, `document ${at}.txt`), text);
  }
  renameSync(partial, folder);
  return folder;
}

function word(words: readonly string[], pick: () => number): string {
  return words[Math.floor(words.length ** pick()) - 1] ?? '';
}

function vocabulary(): string[] {
  const pick = random(5);
  const syllables = ['ka', 'lo', 'mi', 'ne', 'ru', 'sta', 'tor', 'vi', 'en', 'dal', 'po', 'gri', 'sho', 'um'];
  return Array.from({ length: WORDS }, (_, at) => {
    let made = '';
    for (let more = 1 + Math.floor(Math.log10(at + 1)); more > 0; more--)
      made += syllables[Math.floor(pick() * syllables.length)] ?? '';
    return `${made}${at.toString(36)}`;
  });
}

function random(seed: number): () => number {
  let state = seed;
  return () => ((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0), state / 4_294_967_296);
}
