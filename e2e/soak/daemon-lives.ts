import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type Client, connect } from '@sd/client/client.ts';
import { readDaemonRecord, readToken } from '@sd/client/node/daemon-files.ts';
import { dialSocket } from '@sd/client/node/socket-pipe.ts';
import { built } from '@sd/core/testing/built.ts';

const MAIN = fileURLToPath(built('main.js') ?? new URL('../../apps/daemon/src/main.ts', import.meta.url));

/** One life of a real daemon process, to be ended by `kill` or `stop`. */
export class DaemonLife {
  readonly client: Client;
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor(process: ChildProcess, client: Client) {
    this.#process = process;
    this.#ended = once(process, 'exit');
    this.client = client;
  }

  static async begin(dataFolder: string): Promise<DaemonLife> {
    const process = spawn(globalThis.process.execPath, [MAIN, '--data-dir', dataFolder, '--ready-fd', '3'], {
      stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
      env: { ...globalThis.process.env, SD_KEYCHAIN: 'off', SD_DATA_DIR: '', SD_INSTANCE: '', SD_LOG: '' },
    });
    const [told] = (await once(process.stdio[3] as Readable, 'data')) as [Buffer];
    if (!String(told).includes('"ready"')) {
      process.kill('SIGKILL');
      throw new Error(`the daemon did not start: ${String(told)}`);
    }
    const record = readDaemonRecord(dataFolder);
    if (!record) throw new Error('the daemon left no record');
    const token = readToken(dataFolder) ?? '';
    return new DaemonLife(process, connect(await dialSocket(record.socket), { client: 'soak 1', token }));
  }

  /** Ends it where it stands. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    this.#process.kill(signal);
    await this.#ended;
    this.client.close();
  }
}
