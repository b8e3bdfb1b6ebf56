import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Client, connect } from '@sd/client/client.ts';
import { type DaemonRecord, readDaemonRecord, readToken } from '@sd/client/node/daemon-files.ts';
import { dialSocket } from '@sd/client/node/socket-pipe.ts';
import { built } from '@sd/core/testing/built.ts';
import { RawClient } from '@sd/core/testing/rpc-fixture.ts';

const MAIN = fileURLToPath(built('main.js') ?? new URL('../src/main.ts', import.meta.url));

export interface StartOptions {
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const cleanups = new WeakMap<TestContext, (() => unknown)[]>();

/** Runs at the end of the test, the last first: what lies in a folder ends before the folder goes. */
export function atEnd(context: TestContext, call: () => unknown): void {
  const calls = cleanups.get(context) ?? [];
  if (calls.length === 0) {
    cleanups.set(context, calls);
    context.after(async () => {
      for (const one of calls.toReversed()) await one();
    });
  }
  calls.push(call);
}

/** A data folder that goes with the test. */
export function temporaryFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'sd-daemon-'));
  atEnd(context, () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A daemon process of its own on a data folder; it ends with the test. */
export class DaemonProcess {
  readonly dataFolder: string;
  readonly process: ChildProcess;
  readonly exited: Promise<{ code: number | null; signal: string | null }>;
  /** What it said on its ready descriptor. */
  readonly told: Promise<{ ready?: true; error?: { code: string; message: string } } | undefined>;
  output = '';

  constructor(context: TestContext, dataFolder: string, { args = [], environment = {} }: StartOptions = {}) {
    this.dataFolder = dataFolder;
    this.process = spawn(process.execPath, [MAIN, '--data-dir', dataFolder, '--ready-fd', '3', ...args], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, SD_KEYCHAIN: 'off', SD_DATA_DIR: '', SD_INSTANCE: '', SD_LOG: '', ...environment },
    });
    this.exited = once(this.process, 'exit').then(([code, signal]) => ({ code, signal }));
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on('data', (text) => (this.output += String(text)));
    this.told = lineOf(this.process.stdio[3] as Readable);
    atEnd(context, async () => {
      this.process.kill('SIGKILL');
      await this.exited;
    });
  }

  /** Starts one and waits until it is ready. */
  static async ready(
    context: TestContext,
    options: StartOptions & { readonly dataFolder?: string } = {},
  ): Promise<DaemonProcess> {
    const daemon = new DaemonProcess(context, options.dataFolder ?? temporaryFolder(context), options);
    const told = await daemon.told;
    if (!told?.ready) throw new Error(`the daemon did not start: ${JSON.stringify(told)} ${daemon.output}`);
    return daemon;
  }

  get record(): DaemonRecord {
    const record = readDaemonRecord(this.dataFolder);
    if (!record) throw new Error('no daemon.json');
    return record;
  }
  get token(): string {
    return readToken(this.dataFolder) ?? '';
  }
  /** The lines of its log. */
  get log(): Record<string, unknown>[] {
    const file = join(this.dataFolder, 'logs', 'daemon.log');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
  }

  async client(): Promise<Client> {
    return connect(await dialSocket(this.record.socket), { client: 'test 1', token: this.token });
  }

  /** A connection that has said nothing yet. */
  async raw(): Promise<RawClient> {
    return new RawClient(await dialSocket(this.record.socket));
  }

  async authenticated(): Promise<RawClient> {
    const raw = await this.raw();
    await raw.call('rpc.authenticate', { token: this.token });
    await raw.call('rpc.handshake', { protocol: 1, client: 'test 1' });
    return raw;
  }

  /** Sends the signal; resolves with how it ended: with 0, where all was closed in time. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ code: number | null; signal: string | null }> {
    this.process.kill(signal);
    return await this.exited;
  }
}

function lineOf(stream: Readable): Promise<{ ready?: true } | undefined> {
  return new Promise((resolve) => {
    let text = '';
    stream.on('data', (piece) => {
      text += String(piece);
      if (text.endsWith('\n')) resolve(JSON.parse(text));
    });
    stream.on('close', () => resolve(undefined));
  });
}

/** Waits for something to become true that tells no one; throws after a time in which it must have. */
export async function until(condition: () => boolean | Promise<boolean>, patienceMs = 120_000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`still not so: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
