import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Client } from '@sd/client/client.ts';
import { type Core, openCore } from '../core.ts';
import type { JobInfo } from '../jobs/job-manager.ts';
import type { Platform } from '../platform.ts';
import type { Log } from '../ports/log.ts';
import type { WatchOptions } from '../watching/protocol.ts';
import { keepFromRealTrash } from './own-trash.ts';
import { testPlatform } from './test-platform.ts';

/** A core on real parts, in a data folder of its own, with one library. */
export interface TestCore {
  readonly core: Core;
  readonly client: Client;
  readonly dataFolder: string;
  /** Lines of the log at `warn` and above. */
  readonly warnings: readonly string[];
  /** Waits for a job to end; fails where it did not complete. */
  completed(job: Pick<JobInfo, 'id'>): Promise<JobInfo>;
  /** Adds a folder as a location and waits until it is indexed. */
  index(
    path: string,
    options?: { mode?: 'shallow' | 'content' | 'deep'; rules?: Record<string, unknown> },
  ): Promise<{ location: { id: string; name: string }; job: JobInfo }>;
  /** Scans a location again and waits. */
  rescan(location: string, options?: { full?: boolean }): Promise<JobInfo>;
  close(): Promise<void>;
}

/** What a test gives: `node:test`'s context, or anything that runs a call at the end. */
interface Scope {
  after(call: () => void | Promise<void>): void;
}

/** A folder that is gone when the test is over. */
export function temporaryFolder(scope: Scope, name = 'sd-test-'): string {
  const folder = mkdtempSync(join(tmpdir(), name));
  scope.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function openTestCore(
  scope: Scope,
  options: {
    dataFolder?: string;
    platform?: (platform: Platform) => Platform;
    library?: boolean;
    /** `{ limit: 0 }`: what changes on disk is found by scans alone. */
    watching?: WatchOptions;
  } = {},
): Promise<TestCore> {
  keepFromRealTrash();
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'sd-core-'));
  const warnings: string[] = [];
  const bare = testPlatform(dataFolder, logInto(warnings));
  const core = await openCore(options.platform?.(bare) ?? bare, {
    dataFolder,
    version: '0.0.0-test',
    ...(options.watching ? { watching: options.watching } : {}),
    checkOutput: true,
  });
  const client = connect(core.connect(), { client: 'test' });
  let open = true;
  const close = async (): Promise<void> => {
    if (!open) return;
    open = false;
    client.close();
    await core.close();
  };
  // One hook: they run in the order in which they were registered, and the folder goes last.
  scope.after(async () => {
    await close();
    if (options.dataFolder === undefined) rmSync(dataFolder, { recursive: true, force: true });
  });
  if (options.library !== false && core.status().libraries.length === 0)
    await client.call('action:libraries.create', { name: 'Test' });

  const completed = async (job: Pick<JobInfo, 'id'>): Promise<JobInfo> => {
    const ended = await jobEnd(core, client, job.id);
    if (ended.state !== 'completed')
      throw new Error(`the job ended as ${ended.state}: ${JSON.stringify(ended.error)}\n${warnings.join('\n')}`);
    return ended;
  };
  return {
    core,
    client,
    dataFolder,
    warnings,
    completed,
    close,
    async index(path, more = {}) {
      const { result } = await client.call('action:locations.add', { path, ...more });
      return { location: result.location, job: await completed(result.job) };
    },
    async rescan(location, more = {}) {
      const { result } = await client.call('action:locations.rescan', { location, ...more });
      return completed(result.job);
    },
  };
}

const ENDED = ['completed', 'failed', 'cancelled'];

/** Waits for a job to end, told by its events. */
export function jobEnd(core: Core, client: Client, id: string): Promise<JobInfo> {
  return jobThat(core, client, id, ({ state }) => ENDED.includes(state));
}

/** Waits until a job is as it is wanted: as it is now, or as an event shows it. Fails where it ends otherwise. */
export function jobThat(core: Core, client: Client, id: string, wanted: (job: JobInfo) => boolean): Promise<JobInfo> {
  return new Promise((resolve, reject) => {
    const look = (job: JobInfo): void => {
      const fits = wanted(job);
      if (!fits && !ENDED.includes(job.state)) return;
      leave();
      if (fits) resolve(job);
      else reject(new Error(`it has ended, and never was as it was waited for: ${JSON.stringify(job)}`));
    };
    const leave = core.events.subscribe(({ resource, data }) => {
      const job = resource === 'job' ? (data?.['job'] as JobInfo | undefined) : undefined;
      if (job?.id === id) look(job);
    });
    client.call('query:jobs.info', { id }).then(
      (job) => look(job as JobInfo),
      (error: unknown) => {
        leave();
        reject(error);
      },
    );
  });
}

/** Waits until a job has done something and not all of it, or has ended. */
export async function underWay({ core, client }: TestCore, id: string): Promise<void> {
  await jobThat(
    core,
    client,
    id,
    ({ state, progress }) => ENDED.includes(state) || (state === 'running' && progress.done + progress.bytes > 0),
  );
}

function logInto(warnings: string[]): Log {
  const warn = (message: string, facts?: Record<string, unknown>): void =>
    void warnings.push(facts ? `${message} ${JSON.stringify(facts)}` : message);
  const quiet = (): void => {};
  return { debug: quiet, info: quiet, warn, error: warn, child: () => logInto(warnings) };
}
