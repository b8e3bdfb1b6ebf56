import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@sd/client/client.ts';
import { connectToDaemon } from '@sd/client/node.ts';
import type { JobInfo } from '@sd/core/jobs/job-manager.ts';

/** A daemon of its own process, as users have it, in a data folder of its own. */
export class BenchDaemon {
  readonly client: Client;
  readonly dataFolder: string;
  readonly pid: number;

  private constructor(client: Client, dataFolder: string, pid: number) {
    this.client = client;
    this.dataFolder = dataFolder;
    this.pid = pid;
  }

  static async start(dataFolder = mkdtempSync(join(tmpdir(), 'sd-bench-'))): Promise<BenchDaemon> {
    process.env['SD_KEYCHAIN'] = 'off';
    const { client } = await connectToDaemon({ dataFolder, start: true, client: 'bench' });
    const status = await client.call('query:core.status');
    if (status.libraries.length === 0) await client.call('action:libraries.create', { name: 'Bench' });
    return new BenchDaemon(client, dataFolder, Number(status.host?.['pid']));
  }

  /** Adds a folder and waits until it is indexed. Answers the seconds a client waits, and the job. */
  async index(path: string, mode: 'shallow' | 'content'): Promise<{ location: string; seconds: number; job: JobInfo }> {
    const started = performance.now();
    const { result } = await this.client.call('action:locations.add', { path, mode });
    const job = await this.ended(result.job.id);
    return { location: result.location.id, seconds: (performance.now() - started) / 1000, job };
  }

  async rescan(location: string): Promise<number> {
    const started = performance.now();
    const { result } = await this.client.call('action:locations.rescan', { location });
    await this.ended(result.job.id);
    return (performance.now() - started) / 1000;
  }

  /** Waits for a job by its events. */
  async ended(id: string): Promise<JobInfo> {
    let wake = (): void => {};
    const subscription = await this.client.subscribe({ resources: ['job'] }, () => wake());
    try {
      for (;;) {
        const happened = new Promise<void>((resolve) => (wake = resolve));
        const job = (await this.client.call('query:jobs.info', { id })) as JobInfo;
        if (job.state === 'completed') return job;
        if (job.state === 'failed' || job.state === 'cancelled')
          throw new Error(`the job ${job.state}: ${JSON.stringify(job.error)}`);
        await happened;
      }
    } finally {
      await subscription.end();
    }
  }

  /** Waits until the text index holds all names. */
  async textIndexReady(): Promise<void> {
    for (;;) {
      const { text_index } = await this.client.call('query:search.files', { text: 'zzzz', limit: 1 });
      if (text_index === 'ready') return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Waits until it has nothing to do and has let go of the threads that had. */
  async quiet(): Promise<void> {
    for (;;) {
      const { services, jobs } = await this.client.call('query:core.status');
      const readers = services.find((service) => service.name === 'readers');
      if (jobs.running + jobs.queued === 0 && readers?.detail === '0 threads') return;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  /** Resident bytes now, and the most there were. */
  memory(): { now: number; peak: number } {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    const kib = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? Number.NaN);
    return { now: kib('VmRSS') * 1024, peak: kib('VmHWM') * 1024 };
  }

  async stop(options: { keep?: boolean } = {}): Promise<void> {
    await this.client.call('action:core.stop');
    await this.client.closed;
    while (isAlive(this.pid)) await new Promise((resolve) => setTimeout(resolve, 20));
    if (!options.keep) rmSync(this.dataFolder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
