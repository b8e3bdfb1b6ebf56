import type { Access } from './control.ts';
import type { RpcHost } from './host.ts';
import { memoryPipes } from './memory-pipe.ts';
import type { Pipe } from './pipe.ts';
import { LIMITS } from './protocol.ts';
import { RpcSession } from './session.ts';

/** All connections to one core, over whatever pipe they come. */
export class RpcServer {
  readonly #host: RpcHost;
  readonly #sessions = new Set<RpcSession>();
  #closing = false;

  constructor(host: RpcHost) {
    this.#host = host;
  }

  get sessions(): number {
    return this.#sessions.size;
  }

  /** Attaches a connection. One too many, or one that comes while the core stops, is closed. */
  accept(pipe: Pipe, access: Access): void {
    if (this.#closing || this.#sessions.size >= LIMITS.connections) return pipe.destroy();
    const session = new RpcSession(this.#host, pipe, access);
    this.#sessions.add(session);
    void session.ended.then(() => this.#sessions.delete(session));
  }

  /** A connection from inside the process, for the same messages. */
  connect(access: Access = { trusted: true }): Pipe {
    const [ours, theirs] = memoryPipes();
    this.accept(ours, access);
    return theirs;
  }

  /**
   * Takes no new requests, lets those that change something finish and answer, and closes all connections; after
   * `deadlineMs` without waiting any longer.
   */
  async close(deadlineMs = 2_000): Promise<void> {
    this.#closing = true;
    const stopped = Promise.all([...this.#sessions].map((session) => session.stop()));
    let cancel = (): void => {};
    const late = new Promise<'late'>((resolve) => (cancel = this.#host.clock.after(deadlineMs, () => resolve('late'))));
    const outcome = await Promise.race([stopped, late]);
    cancel();
    if (outcome !== 'late') return;
    this.#host.log.warn('connections did not end in time', { sessions: this.#sessions.size, waited_ms: deadlineMs });
    for (const session of this.#sessions) session.destroy();
  }
}
