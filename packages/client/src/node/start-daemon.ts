import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { RpcError } from '../errors.ts';
import { DAEMON_FILES, EXIT_ALREADY_RUNNING } from './daemon-files.ts';
import { type DaemonCommand, daemonCommand } from './installation.ts';
import { makeFolders } from './make-folders.ts';

/** The daemon tells on this descriptor, in one line of JSON, whether it is ready or why not. */
const READY_DESCRIPTOR = 3;

/** A first start may migrate a library; after this long something hangs. */
const PATIENCE_MS = 120_000;

/**
 * The C library of Linux gives each thread memory of its own and keeps it when the thread is gone. The daemon starts and
 * ends threads all the time; two such pools are enough for it. What is free at the end of one goes back to the system at
 * once, rather than from a size on that grows with what was ever needed.
 */
const LITTLE_KEPT =
  process.platform === 'linux'
    ? {
        MALLOC_ARENA_MAX: process.env['MALLOC_ARENA_MAX'] ?? '2',
        MALLOC_TRIM_THRESHOLD_: process.env['MALLOC_TRIM_THRESHOLD_'] ?? '131072',
      }
    : {};

interface Told {
  readonly ready?: true;
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly data?: Readonly<Record<string, unknown>>;
  };
}

/**
 * Starts a daemon of its own session, and resolves when it listens, or another one does. Rejects with the daemon's own
 * words where it does not come up.
 */
export async function startDaemon(dataFolder: string, command: DaemonCommand = daemonCommand()): Promise<void> {
  const logs = join(dataFolder, DAEMON_FILES.logs);
  makeFolders(logs);
  const output = join(logs, DAEMON_FILES.output);
  const outcome = await firstThatRuns(command, dataFolder, output);
  if (outcome === 'ready' || outcome.exitCode === EXIT_ALREADY_RUNNING) return;
  const { code, message, data } = outcome.told?.error ?? {
    code: 'INTERNAL',
    message: outcome.reason ?? lastWords(output),
  };
  throw new RpcError(code, `the daemon did not start: ${message}`, {
    way_out: `see ${join(logs, DAEMON_FILES.log)}`,
    ...data,
  });
}

interface Failure {
  readonly exitCode?: number | undefined;
  readonly told?: Told | undefined;
  readonly reason?: string;
}

async function firstThatRuns(
  { runtimes, script }: DaemonCommand,
  dataFolder: string,
  output: string,
): Promise<'ready' | Failure> {
  let last: Failure = {};
  for (const runtime of runtimes) {
    const outcome = await run(
      runtime,
      [script, '--data-dir', dataFolder, '--ready-fd', String(READY_DESCRIPTOR)],
      output,
    );
    if (!(outcome instanceof Error)) return outcome;
    last = { reason: `${runtime} does not run: ${outcome.message}` };
  }
  return last;
}

/** An `Error` is the system's: the program could not be run at all. */
async function run(runtime: string, args: readonly string[], output: string): Promise<'ready' | Failure | Error> {
  const file = openSync(output, 'w', 0o600);
  let child: ChildProcess;
  try {
    child = spawn(runtime, args, {
      detached: true,
      windowsHide: true,
      cwd: neutralFolder(),
      env: { ...process.env, ...LITTLE_KEPT },
      stdio: ['ignore', file, file, 'pipe'],
    });
  } finally {
    closeSync(file);
  }
  const failed = new Promise<Error>((resolve) => child.once('error', resolve));
  const exited = new Promise<number | undefined>((resolve) => child.once('exit', (code) => resolve(code ?? undefined)));
  const told = firstLine(child.stdio[READY_DESCRIPTOR] as Readable);
  const outcome = await Promise.race([failed, told, patience()]);
  try {
    if (outcome instanceof Error) return outcome;
    if (outcome === 'late') return { reason: `it was not ready after ${PATIENCE_MS / 1000} s` };
    if (outcome?.ready) return 'ready';
    return { told: outcome, exitCode: await exited };
  } finally {
    (child.stdio[READY_DESCRIPTOR] as Readable).destroy();
    child.unref();
  }
}

function patience(): Promise<'late'> {
  return new Promise((resolve) => setTimeout(() => resolve('late'), PATIENCE_MS).unref());
}

/** `undefined` where the stream ends without one. */
function firstLine(stream: Readable): Promise<Told | undefined> {
  return new Promise((resolve) => {
    let text = '';
    stream.setEncoding('utf8');
    stream.on('data', (piece: string) => {
      text += piece;
      if (text.includes('\n')) resolve(JSON.parse(text) as Told);
    });
    stream.on('error', () => resolve(undefined));
    stream.on('close', () => resolve(undefined));
  });
}

/** A daemon must not keep the folder busy in which somebody happened to start it. */
function neutralFolder(): string {
  return process.platform === 'win32' ? (process.env['SystemRoot'] ?? 'C:\\') : '/';
}

function lastWords(output: string): string {
  const lines = readFileSync(output, 'utf8').trim().split('\n');
  return lines.find((line) => /^\S*Error\b/.test(line)) ?? lines.at(-1) ?? 'it ended without a word';
}
