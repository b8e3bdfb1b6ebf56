import type { Socket } from 'node:net';
import type { Pipe, PipeListener } from '@sd/core/rpc/pipe.ts';
import { LIMITS } from '@sd/core/rpc/protocol.ts';
import type { WebSocket } from 'ws';

/** How long the other side may take to answer our closing. */
const LINGER_MS = 1_000;

/** Messages as text frames. */
export class WebSocketPipe implements Pipe {
  limit: number = LIMITS.messageBytes;
  readonly #websocket: WebSocket;
  readonly #socket: Socket;
  #paused = false;
  #closing = false;

  /** `socket` is what the WebSocket runs over: it knows when there is room again. */
  constructor(websocket: WebSocket, socket: Socket) {
    this.#websocket = websocket;
    this.#socket = socket;
    // An error is always followed by `close`, which is where everything ends.
    websocket.on('error', () => {});
  }

  get buffered(): number {
    return this.#websocket.bufferedAmount;
  }

  send(text: string): boolean {
    if (this.#websocket.readyState !== this.#websocket.OPEN) return true;
    this.#websocket.send(text);
    return !this.#socket.writableNeedDrain;
  }

  listen(listener: PipeListener): void {
    this.#websocket.on('message', (data: Buffer, isBinary: boolean) => {
      if (this.#closing) return;
      if (isBinary) this.#fault(listener, 'PARSE_ERROR', 'messages are text frames');
      else if (data.length > this.limit) this.#fault(listener, 'TOO_LARGE', `a message may have ${this.limit} bytes`);
      else listener.message(data.toString('utf8'));
    });
    this.#socket.on('drain', () => listener.drain());
    this.#websocket.on('close', () => listener.closed());
  }

  pause(): void {
    this.#paused = true;
    this.#websocket.pause();
  }
  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#websocket.resume();
  }

  close(): void {
    if (this.#closing) return;
    this.#closing = true;
    this.resume();
    this.#websocket.close(1000);
    const linger = setTimeout(() => this.#websocket.terminate(), LINGER_MS);
    linger.unref();
    this.#websocket.once('close', () => clearTimeout(linger));
  }

  destroy(): void {
    this.#closing = true;
    this.#websocket.terminate();
  }

  #fault(listener: PipeListener, code: 'PARSE_ERROR' | 'TOO_LARGE', message: string): void {
    listener.fault(code, message);
    this.close();
  }
}
