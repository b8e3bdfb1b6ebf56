import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { SdError } from '@sd/core/errors.ts';
import type { Worker, Workers } from '@sd/core/ports/workers.ts';
import { isolatedEnvironment } from './isolated-environment.ts';
import { cpuSeconds, residentMiB, writtenMiB } from './process-facts.ts';

type SpawnOptions = NonNullable<Parameters<Workers['spawn']>[1]>;

/** How often the system is asked how much a process takes and writes: between two looks it can take some hundred MiB. */
const LOOK_MS = 100;
/**
 * A process that writes more than this after one message is not answering it: this process would hold all of it before
 * it could look at any. Far above what a role answers.
 */
const MOST_ANSWER_MIB = 256;
/** Of background processes, where nobody says otherwise. */
const NICENESS = 10;
const OWN_GROUP = process.platform !== 'win32';
/** Kept of what a process says on its standard error: the end tells why it died. */
const LAST_WORDS = 1_000;

/**
 * A process that runs one role, for work on files that may be hostile. It inherits no secret, has no terminal, and ends
 * with this process, however that ends (`run-process.ts` sees to it).
 */
export function spawnIsolated(entry: URL, role: string, options: SpawnOptions & { memoryMiB: number }): Worker {
  const child = fork(fileURLToPath(entry), [role, String(options.memoryMiB)], {
    serialization: 'advanced',
    env: isolatedEnvironment(process.env),
    execArgv: ['--no-warnings', ...(options.heapMiB ? [`--max-old-space-size=${options.heapMiB}`] : [])],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // A group of its own: what a key in the terminal ends is not ended with it, and what it starts ends with it.
    detached: OWN_GROUP,
  });
  if (options.background) lowerPriority(child, options.niceness ?? NICENESS);
  letParentEnd(child);
  return new IsolatedProcess(child, options.memoryMiB);
}

class IsolatedProcess implements Worker {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #listeners: ((error: Error | undefined) => void)[] = [];
  readonly #look: NodeJS.Timeout | undefined;
  #why: Error | undefined;
  #lastWords = '';
  #terminated = false;
  /** What it had written when it was last asked something. */
  #writtenBefore = 0;

  constructor(child: ChildProcess, memoryMiB: number) {
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-LAST_WORDS);
    });
    this.#ended = new Promise((resolve) => {
      child.on('error', (error) => {
        if (child.pid !== undefined) return void (this.#why ??= error);
        // One that never was has no end: where files or processes are used up, there is no `close`.
        this.#why ??= new SdError('IO', 'no process could be started', {}, error);
        this.#ends(null, null);
        resolve();
      });
      // Not `exit`: what was answered before the end is heard first.
      child.on('close', (code, signal) => {
        this.#ends(code, signal);
        resolve();
      });
    });
    if (process.platform === 'linux') this.#look = this.#watch(memoryMiB);
  }

  post(message: unknown): void {
    if (this.#look && this.#child.pid !== undefined) this.#writtenBefore = writtenMiB(this.#child.pid) ?? 0;
    // A process that is gone says so by `close`; what was sent to it is lost with it.
    if (this.#child.connected) this.#child.send(message as object, () => undefined);
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#child.on('message', listener);
  }
  onExit(listener: (error: Error | undefined) => void): void {
    this.#listeners.push(listener);
  }
  async terminate(): Promise<void> {
    this.#terminated = true;
    this.#kill();
    await this.#ended;
  }
  cpuSeconds(): number | undefined {
    return this.#child.pid === undefined ? undefined : cpuSeconds(this.#child.pid);
  }

  #watch(memoryMiB: number): NodeJS.Timeout {
    const look = setInterval(() => {
      const { pid } = this.#child;
      if (pid === undefined) return;
      if ((residentMiB(pid) ?? 0) > memoryMiB) this.#why ??= overMemory(memoryMiB);
      else if ((writtenMiB(pid) ?? 0) - this.#writtenBefore > MOST_ANSWER_MIB) this.#why ??= overAnswer();
      else return;
      this.#kill();
    }, LOOK_MS);
    return look.unref();
  }

  /** With the programs it has started. */
  #kill(): void {
    try {
      if (OWN_GROUP && this.#child.pid !== undefined) process.kill(-this.#child.pid, 'SIGKILL');
      else this.#child.kill('SIGKILL');
    } catch {
      // It is gone already.
    }
  }

  #ends(code: number | null, signal: NodeJS.Signals | null): void {
    clearInterval(this.#look);
    if (this.#terminated) return;
    const how = signal ? `it was ended by ${signal}` : `it ended with the code ${code ?? '?'}`;
    const words = this.#lastWords.trim().split('\n').at(-1) ?? '';
    const why = code === 0 ? undefined : (this.#why ?? new SdError(codeOf(signal), words ? `${how}: ${words}` : how));
    for (const listener of this.#listeners.splice(0)) listener(why);
  }
}

/** A SIGKILL that was not ours is the system's, which needs the memory for others, or somebody's who wants it gone. */
function codeOf(signal: NodeJS.Signals | null): 'UNAVAILABLE' | 'INTERNAL' {
  return signal === 'SIGKILL' ? 'UNAVAILABLE' : 'INTERNAL';
}

function overMemory(memoryMiB: number): SdError {
  return new SdError('LIMIT', `it took more than ${memoryMiB} MiB of memory`, { limit: 'memory' });
}

function overAnswer(): SdError {
  return new SdError('LIMIT', `it answered more than ${MOST_ANSWER_MIB} MiB`, { limit: 'answer' });
}

/** Before it has threads of its own: they take their priority from the one that starts them. */
function lowerPriority({ pid }: ChildProcess, niceness: number): void {
  try {
    if (pid !== undefined) setPriority(pid, niceness);
  } catch {
    // Without it the work is the same, only less polite.
  }
}

/** The main thread decides when the process ends. */
function letParentEnd(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  (child.stderr as { unref?(): void } | null)?.unref?.();
}
