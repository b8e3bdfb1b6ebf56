import { readTextsMeta } from '../db/texts/meta.ts';
import { type DerivedLocation, isDamage, openDerived, recreateDerived } from '../db/derived-file.ts';
import { TEXTS_DATABASE } from '../db/texts/database.ts';
import {
  type NewText,
  contentsWithText,
  lackingTexts,
  prepareText,
  putTexts,
  removeTexts,
  setFilling,
} from '../db/texts/texts.ts';
import { toPlainError } from '../errors.ts';
import type { ThreadPlatform } from '../platform.ts';
import type { Connection } from '../ports/sqlite.ts';
import type { WorkerPort } from '../ports/workers.ts';
import type { TextsReport, TextsRequest, TextsTask } from './protocol.ts';

/** Commits after which the log is moved into the file: that waits for the disk. */
const CHECKPOINT_AFTER = 128;

/** The thread that owns the texts of one library: the only one who writes them. */
export function textsRole(platform: ThreadPlatform, port: WorkerPort): void {
  const report = (what: TextsReport): void => port.post(what);
  let texts: ThreadTexts | undefined;
  // One after the other, as packing waits.
  let before: Promise<void> = Promise.resolve();
  port.onMessage((message) => {
    const request = message as TextsRequest;
    if (request.type === 'open') {
      const { sqlite, files } = platform;
      texts = new ThreadTexts({ sqlite, files, path: request.path, key: request.key }, (why) =>
        report({ type: 'renewed', why }),
      );
      return;
    }
    before = before.then(async () => {
      try {
        if (!texts) throw new Error('the texts are not open');
        const result = await texts.run(request);
        report({ type: 'done', id: request.id, result, ...texts.counted() });
      } catch (error) {
        report({ type: 'failed', id: request.id, error: toPlainError(error) });
      }
    });
  });
}

class ThreadTexts {
  readonly #at: DerivedLocation;
  readonly #renewed: (why: string) => void;
  #db: Connection | undefined;
  #commits = 0;

  constructor(at: DerivedLocation, renewed: (why: string) => void) {
    this.#at = at;
    this.#renewed = renewed;
  }

  async run(task: TextsTask): Promise<unknown> {
    if (task.type === 'close') return this.#close();
    const db = this.#open();
    try {
      return await this.#do(db, task);
    } catch (error) {
      if (!isDamage(error)) throw error;
      db.close();
      this.#db = recreateDerived(TEXTS_DATABASE, this.#at);
      this.#renewed((error as Error).message);
      return await this.#do(this.#db, task);
    }
  }

  /** How many documents there are, while the file is open. */
  counted(): { documents: number } | undefined {
    const meta = this.#db && readTextsMeta(this.#db, 'main');
    return meta && { documents: meta.documents };
  }

  async #do(db: Connection, task: Exclude<TextsTask, { type: 'close' }>): Promise<unknown> {
    if (task.type === 'lacking') return lackingTexts(db, task.contents);
    if (task.type === 'contents') return contentsWithText(db, task.after, task.count);
    if (task.type === 'remove') return removeTexts(db, task.contents);
    if (task.type === 'put') await this.#put(db, task.texts);
    else setFilling(db, task.filling);
    // Whoever has filled it leaves a small log.
    if (++this.#commits % CHECKPOINT_AFTER === 0 || task.type === 'filling') db.exec('PRAGMA wal_checkpoint(PASSIVE)');
    return undefined;
  }

  async #put(db: Connection, texts: readonly NewText[]): Promise<void> {
    const prepared = [];
    for (const text of texts) prepared.push(await prepareText(text));
    putTexts(db, prepared);
  }

  #open(): Connection {
    if (this.#db) return this.#db;
    const { db, why } = openDerived(TEXTS_DATABASE, this.#at);
    if (why !== undefined) this.#renewed(why);
    return (this.#db = db);
  }

  #close(): void {
    this.#db?.close();
    this.#db = undefined;
  }
}
