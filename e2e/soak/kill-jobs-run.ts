import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '@sd/client/client.ts';
import { SeenIds, checkAfterKill } from '@sd/core/testing/kill-bench.ts';
import { DaemonLife } from './daemon-lives.ts';
import { JobDriver, type Random } from './mixed-jobs.ts';

/** Long enough for some whole jobs, short enough that most deaths meet some at work. */
const LONGEST_LIFE_MS = 1_500;
/** The whole index is compared with a fresh one this often, and at the end. */
const COMPARED_EVERY = 20;

/**
 * Kills a daemon `kills` times at random instants while it works at jobs of all kinds, and looks each time whether what
 * it had promised holds in the next life. Throws where it does not.
 */
export async function killJobs(folder: string, kills: number, said: (line: string) => void): Promise<void> {
  const [data, tree] = [`${folder}/data`, `${folder}/tree`];
  for (const path of [data, tree, spareOf(tree)]) mkdirSync(path);
  const random: Random = (below) => Math.floor(Math.random() * below);
  const driver = new JobDriver(random);
  const seen = new SeenIds();
  for (let edits = 0; edits < 60; edits++) edit(tree, random);
  for (let edits = 0; edits < 20; edits++) edit(spareOf(tree), random);
  for (let kill = 1; kill <= kills; kill++) {
    await dieAtWork(data, tree, driver, random);
    said(`${kill} of ${kills}: ${driver.paused.size} paused, ${driver.cancelled.size} cancelled`);
    if (kill % COMPARED_EVERY !== 0 && kill !== kills) continue;
    const jobs = await settle(data, tree, driver);
    checkExports(folder);
    const fresh = `${folder}/fresh`;
    mkdirSync(fresh);
    await checkAfterKill(data, fresh, tree, seen);
    rmSync(fresh, { recursive: true });
    said(`${kill} of ${kills}: clean, ${jobs} jobs, ${seen.size} entries seen`);
  }
}

/** One life: it takes up what the last one left, gets more to do, and dies. */
async function dieAtWork(data: string, tree: string, driver: JobDriver, random: Random): Promise<void> {
  const life = await DaemonLife.begin(data);
  try {
    const location = await locationOf(life.client, tree);
    await driver.look(life.client, location);
    const gone = new AbortController();
    const driven = driver
      .drive(life.client, { location, spare: spareOf(tree) }, gone.signal)
      .catch((error: unknown) => {
        if (!gone.signal.aborted) throw error;
      });
    for (let edits = random(20); edits > 0; edits--) edit(tree, random);
    await Promise.race([wait(random(LONGEST_LIFE_MS)), driven]);
    gone.abort();
    await life.kill();
    await driven;
  } finally {
    await life.kill();
  }
}

/** A last life in peace: every job comes to its end, and nothing is wrong with the library. */
async function settle(data: string, tree: string, driver: JobDriver): Promise<number> {
  const life = await DaemonLife.begin(data);
  try {
    const location = await locationOf(life.client, tree);
    await driver.look(life.client, location);
    const jobs = await driver.settle(life.client);
    await driver.look(life.client, location);
    const { problems } = await life.client.call('query:libraries.verify', {});
    if (problems.length > 0) throw new Error(`the library is damaged: ${problems.join(', ')}`);
    return jobs;
  } finally {
    await life.stop();
  }
}

/** No job goes on: what was cancelled has left nothing half written, and what was written is whole. */
function checkExports(folder: string): void {
  const left = readdirSync(folder).filter((name) => name.includes('.export'));
  const half = left.filter(
    (name) => !name.endsWith('.export') || !readFileSync(`${folder}/${name}`, 'utf8').endsWith('\n'),
  );
  if (half.length > 0) throw new Error(`exports are half written: ${half.join(', ')}`);
  for (const name of left) rmSync(`${folder}/${name}`);
}

/** The folder of a second location. */
function spareOf(tree: string): string {
  return `${tree}-spare`;
}

async function locationOf(client: Client, tree: string): Promise<string> {
  const { libraries } = await client.call('query:libraries.list', {});
  if (libraries.length === 0) await client.call('action:libraries.create', { name: 'Soak' });
  const { locations } = await client.call('query:locations.list', {});
  const known = locations.find(({ native_path: path }) => path === tree);
  return known?.id ?? (await client.call('action:locations.add', { path: tree })).result.location.id;
}

/** Folders are moved as wholes, files come, change, move and go; many are equal. */
function edit(tree: string, random: Random): void {
  const folder = `${tree}/${random(30)}`;
  const other = `${tree}/${random(30)}`;
  if (!existsSync(folder)) mkdirSync(folder);
  else if (random(6) === 0 && !existsSync(other)) return renameSync(folder, other);
  else if (random(30) === 0) return rmSync(folder, { recursive: true });
  for (let files = random(50); files > 0; files--)
    writeFileSync(`${folder}/${random(300)}.txt`, `${random(400)}`.repeat(1 + random(3_000)));
  if (existsSync(other) && existsSync(`${folder}/7.txt`))
    renameSync(`${folder}/7.txt`, `${other}/moved ${random(50)}.txt`);
}
