import { type Socket, createConnection } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { FramingError, LineDecoder, encodeLine } from '@sd/core/rpc/codec.ts';
import type { Pipe, PipeListener } from '@sd/core/rpc/pipe.ts';
import { LIMITS } from '@sd/core/rpc/protocol.ts';

/** How long the other side may take to read our last words after we have closed. */
const LINGER_MS = 1_000;

/** How long to try again where the daemon is too busy to take connections, and how often. */
const BUSY_TRIES = 200;
const BUSY_WAIT_MS = 20;

/** Connects to a Unix socket or a named pipe. Rejects with the system's error (`ENOENT`, `ECONNREFUSED`, `EACCES`, …). */
export async function dialSocket(path: string): Promise<Pipe> {
  for (let tried = 1; ; tried++) {
    try {
      return new SocketPipe(await connected(path));
    } catch (error) {
      // A Unix socket does not wait for room in the queue of those who want to connect.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || tried === BUSY_TRIES) throw error;
      await wait(BUSY_WAIT_MS);
    }
  }
}

function connected(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ path });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.removeListener('error', reject);
      resolve(socket);
    });
  });
}

/** Messages, one per line, over a stream socket. What is sent in one go leaves in one write. */
export class SocketPipe implements Pipe {
  readonly #socket: Socket;
  readonly #decoder = new LineDecoder(LIMITS.messageBytes);
  #listener: PipeListener | undefined;
  #paused = false;
  #pumping = false;
  #corked = false;
  #closing = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    // An error is always followed by `close`, which is where everything ends.
    socket.on('error', () => {});
  }

  get limit(): number {
    return this.#decoder.limit;
  }
  set limit(bytes: number) {
    this.#decoder.limit = bytes;
  }

  get buffered(): number {
    return this.#socket.writableLength;
  }

  send(text: string): boolean {
    if (this.#closing || !this.#socket.writable) return true;
    this.#cork();
    return this.#socket.write(encodeLine(text));
  }

  listen(listener: PipeListener): void {
    this.#listener = listener;
    this.#socket.on('data', (chunk: Uint8Array) => {
      if (this.#closing) return;
      this.#decoder.push(chunk);
      this.#pump();
    });
    this.#socket.on('drain', () => listener.drain());
    this.#socket.on('close', () => listener.closed());
    if (this.#socket.destroyed) queueMicrotask(() => listener.closed());
  }

  pause(): void {
    this.#paused = true;
    if (!this.#closing) this.#socket.pause();
  }
  resume(): void {
    this.#paused = false;
    this.#socket.resume();
    this.#pump();
  }

  close(): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#socket.end();
    // Closing with unread bytes would be a reset, and could cost the other side what we said last: they are thrown away.
    this.#socket.resume();
    const linger = setTimeout(() => this.#socket.destroy(), LINGER_MS);
    linger.unref();
    this.#socket.once('close', () => clearTimeout(linger));
  }

  destroy(): void {
    this.#closing = true;
    this.#socket.destroy();
  }

  #cork(): void {
    if (this.#corked) return;
    this.#corked = true;
    this.#socket.cork();
    process.nextTick(() => {
      this.#corked = false;
      this.#socket.uncork();
    });
  }

  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      while (!this.#paused && !this.#closing) {
        const text = this.#decoder.next();
        if (text === undefined) break;
        this.#listener?.message(text);
      }
    } catch (error) {
      if (!(error instanceof FramingError)) throw error;
      this.#listener?.fault(error.code, error.message);
      this.close();
    } finally {
      this.#pumping = false;
    }
  }
}
