import type { NewText } from '../db/texts/texts.ts';
import { fromPlainError, SdError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Worker, Workers } from '../ports/workers.ts';
import type { TextsReport, TextsRequest, TextsTask } from './protocol.ts';

/** A thread that had nothing to do for this long gives its memory back. */
const IDLE_MS = 5_000;

export interface TextsServiceParts {
  readonly workers: Workers;
  readonly clock: Clock;
  readonly log: Log;
  /** The texts of the library are gone: whoever has read documents has to read them again. */
  readonly lost: (library: string) => void;
}

interface TextsFile {
  readonly path: string;
  readonly key: Uint8Array;
  readonly library: string;
  /** In the index when it was looked at first. */
  readonly documents: number;
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** The texts of one library, kept by a thread that starts when there is something to do and ends when idle. */
export class LibraryTexts {
  readonly #service: TextsServiceParts;
  readonly #file: TextsFile;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  /** The end of a thread that is on its way out: the next one waits for it, as both write the same file. */
  #ending: Promise<void> = Promise.resolve();
  #cancelTimer: (() => void) | undefined;
  #lastId = 0;
  #stopped = false;
  #documents: number;
  #filling = 0;

  constructor(service: TextsServiceParts, file: TextsFile) {
    this.#service = service;
    this.#file = file;
    this.#documents = file.documents;
  }

  /** Documents in the index, as last heard. */
  get documents(): number {
    return this.#documents;
  }
  get filling(): boolean {
    return this.#filling > 0;
  }

  /** Resolves when the texts are committed. */
  async put(texts: readonly NewText[]): Promise<void> {
    if (texts.length > 0) await this.#ask({ type: 'put', texts });
  }
  async remove(contents: readonly number[]): Promise<number> {
    return contents.length === 0 ? 0 : ((await this.#ask({ type: 'remove', contents })) as number);
  }
  async lacking(contents: readonly { content: number; hash: Uint8Array }[]): Promise<number[]> {
    return contents.length === 0 ? [] : ((await this.#ask({ type: 'lacking', contents })) as number[]);
  }
  async contents(after: number, count: number): Promise<{ content: number; hash: Uint8Array }[]> {
    return (await this.#ask({ type: 'contents', after, count })) as { content: number; hash: Uint8Array }[];
  }

  /** Searches say so for as long as a job fills the index. Several may. */
  async fill(begins: boolean): Promise<void> {
    this.#filling = Math.max(0, this.#filling + (begins ? 1 : -1));
    await this.#ask({ type: 'filling', filling: this.filling });
  }

  /** Ends the thread after what it has to do, and lets go of the file. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer?.();
    await this.#end();
  }

  async #ask(task: TextsTask): Promise<unknown> {
    await this.#ending;
    if (this.#stopped) throw new SdError('LIBRARY_CLOSED', 'the library is closed');
    this.#worker ??= this.#spawn();
    return this.#post(this.#worker, task);
  }

  #post(worker: Worker, task: TextsTask): Promise<unknown> {
    this.#cancelTimer?.();
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      worker.post({ ...task, id } satisfies TextsRequest);
    });
  }

  #spawn(): Worker {
    const { path, key } = this.#file;
    const worker = this.#service.workers.spawn('texts', { background: true });
    worker.onMessage((message) => this.#reported(message as TextsReport));
    worker.onExit((error) => this.#exited(error));
    worker.post({ type: 'open', path, key } satisfies TextsRequest);
    return worker;
  }

  #reported(report: TextsReport): void {
    if (report.type === 'renewed') {
      this.#service.log.info('the index of contents is made anew', { library: this.#file.library, why: report.why });
      this.#service.lost(this.#file.library);
      return;
    }
    const pending = this.#pending.get(report.id);
    this.#pending.delete(report.id);
    if (report.type === 'done') {
      if (report.documents !== undefined) this.#documents = report.documents;
      pending?.resolve(report.result);
    } else pending?.reject(fromPlainError(report.error));
    if (this.#pending.size === 0 && !this.#stopped)
      this.#cancelTimer = this.#service.clock.after(IDLE_MS, () => void this.#end());
  }

  #exited(error: Error | undefined): void {
    this.#worker = undefined;
    const failure = new SdError('INTERNAL', 'the thread of the index of contents has ended', {}, error);
    for (const pending of this.#pending.values()) pending.reject(failure);
    this.#pending.clear();
  }

  #end(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return this.#ending;
    this.#worker = undefined;
    this.#ending = this.#post(worker, { type: 'close' })
      .catch(() => undefined)
      .then(() => worker.terminate());
    return this.#ending;
  }
}
