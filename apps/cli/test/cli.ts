import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SD = fileURLToPath(new URL('../../../bin/sd', import.meta.url));

/** What has not been printed by then will not be. */
const PATIENCE_MS = 120_000;

export interface Outcome {
  /** The exit code, or the signal that ended it. */
  readonly exit: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** The real `sd`, with a data folder and folders to index of its own. End it with `close`. */
export class Cli {
  readonly root = mkdtempSync(join(tmpdir(), 'sd-cli-'));
  readonly dataFolder = join(this.root, 'data');
  readonly #started: ChildProcess[] = [];

  /** A file below the root; its folders come with it. Answers its path. */
  file(path: string, content: string | Uint8Array = path): string {
    const full = join(this.root, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content);
    return full;
  }

  path(path: string): string {
    return join(this.root, path);
  }

  async run(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
    const running = this.start(args, options);
    running.process.stdin?.end(options.input ?? '');
    return running.ended;
  }

  /** What it prints, where it must work. */
  async ok(...args: string[]): Promise<string> {
    const { exit, stdout, stderr } = await this.run(args);
    if (exit !== 0) throw new Error(`sd ${args.join(' ')} ended with ${exit}: ${stdout}${stderr}`);
    return stdout;
  }

  async json<T>(...args: string[]): Promise<T> {
    return JSON.parse(await this.ok(...args, '--json')) as T;
  }

  start(args: readonly string[], options: RunOptions = {}): Running {
    return new Running(this.spawn(SD, args, options));
  }

  /** Any program, in the same environment. */
  spawn(
    program: string,
    args: readonly string[],
    { environment = {}, cwd = this.root }: RunOptions = {},
  ): ChildProcess {
    const child = spawn(program, args, { cwd, env: this.environment(environment) });
    this.#started.push(child);
    return child;
  }

  environment(more: Readonly<Record<string, string>> = {}): Record<string, string | undefined> {
    const {
      SD_INSTANCE: _instance,
      NO_COLOR: _plain,
      FORCE_COLOR: _color,
      npm_command: _npm,
      npm_lifecycle_event: _script,
      ...rest
    } = process.env;
    return {
      ...rest,
      SD_DATA_DIR: this.dataFolder,
      SD_KEYCHAIN: 'off',
      // As in a CI, which some libraries take for a terminal with colours.
      CI: 'true',
      XDG_DATA_HOME: join(this.root, 'share'),
      ...more,
    };
  }

  async close(): Promise<void> {
    // Only a test that failed leaves any behind.
    for (const child of this.#started) child.kill('SIGKILL');
    await this.run(['stop']);
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A command that is still going on. */
export class Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Outcome>;
  stdout = '';
  stderr = '';
  #changed = (): void => {};

  constructor(process: ChildProcess) {
    this.process = process;
    process.stdout?.setEncoding('utf8').on('data', (text: string) => this.#add('stdout', text));
    process.stderr?.setEncoding('utf8').on('data', (text: string) => this.#add('stderr', text));
    this.ended = new Promise((resolve, reject) => {
      process.once('error', reject);
      process.once('close', (code, signal) => {
        resolve({ exit: code ?? signal, stdout: this.stdout, stderr: this.stderr });
        this.#changed();
      });
    });
  }

  /** Resolves when it has printed that, on either stream; rejects where it ends without, or nothing comes. */
  async prints(what: RegExp): Promise<void> {
    const timer = setTimeout(() => this.process.kill('SIGKILL'), PATIENCE_MS);
    try {
      await this.#printed(what);
    } finally {
      clearTimeout(timer);
    }
  }

  async #printed(what: RegExp): Promise<void> {
    while (!what.test(this.stdout + this.stderr)) {
      if (this.process.exitCode !== null || this.process.signalCode !== null) {
        const { stdout, stderr } = await this.ended;
        if (what.test(stdout + stderr)) return;
        throw new Error(`ended without ${what}: ${stdout}${stderr}`);
      }
      await new Promise<void>((resolve) => (this.#changed = resolve));
    }
  }

  #add(stream: 'stdout' | 'stderr', text: string): void {
    this[stream] += text;
    this.#changed();
  }
}
