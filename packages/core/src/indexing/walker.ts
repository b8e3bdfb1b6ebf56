import { EntryIds } from '../db/entry-ids.ts';
import { toPlainError } from '../errors.ts';
import type { Pace } from '../pace.ts';
import type { ThreadPlatform } from '../platform.ts';
import type { WorkerPort } from '../ports/workers.ts';
import { SLOTS_PER_WALKER } from './batch.ts';
import { BatchSender } from './batch-sender.ts';
import { FolderMoves } from './folder-moves.ts';
import { FolderWalker } from './folder-walker.ts';
import { KnownChildren } from './known-children.ts';
import { compileRules } from './rules/compile.ts';
import type { FromWalker, ToWalker, WalkFolder } from './scan-protocol.ts';
import { WalkControl } from './walk-control.ts';

/** Fewer folders than this are not worth giving away. */
const FEW_FOLDERS = 8;
/** A walker's page cache: it reads folder by folder, in the order of the rows. */
const CACHE_KIB = 4 * 1024;

/** The thread that walks: folders in the order they were found, so that rows of one folder lie together. */
export function walkerRole(platform: ThreadPlatform, port: WorkerPort, pace: Pace): void {
  let queue = new FolderQueue();
  let control: WalkControl;
  let out: BatchSender;
  let walker: FolderWalker;

  port.onMessage((message) => {
    const told = message as ToWalker;
    try {
      if (told.type === 'start') start(told);
      else {
        control.addHungry(-1);
        queue.add(told.folders);
      }
      walkAll();
    } catch (error) {
      send({ type: 'failed', error: toPlainError(error) });
    }
  });

  function start(told: Extract<ToWalker, { type: 'start' }>): void {
    const { library, root, files } = { ...told, files: platform.files };
    const db = platform.sqlite.open({
      path: library.databasePath,
      key: library.key,
      mode: 'read',
      cacheKiB: pace.cacheKiB(CACHE_KIB),
    });
    const known = new KnownChildren(db);
    control = new WalkControl(SLOTS_PER_WALKER, told.control);
    out = new BatchSender((batch) => port.post(batch), control, told.slots, told.firstSlot);
    walker = new FolderWalker({
      files,
      known,
      out,
      rules: compileRules(told.rules, root.path, files, library.dataFolder),
      moves:
        told.first && told.otherRoots.length === 0
          ? undefined
          : new FolderMoves(files, known, [root, ...told.otherRoots]),
      ids: new EntryIds(library.entryIds),
      device: told.device,
      full: told.full,
    });
  }

  function walkAll(): void {
    for (let folder = queue.next(); folder && !control.stopped; folder = queue.next()) {
      pace.giveWay();
      if (!walker.walk(folder, (child) => queue.push(child))) break;
      out.looked(folder.path);
      if (control.hungry > 0 && queue.length > FEW_FOLDERS) giveAway();
    }
    if (control.stopped) queue = new FolderQueue();
    out.flush('');
    control.addHungry(1);
    send({ type: 'idle' });
  }

  /** What was found so far goes first: the rows above the folders given away must be written before those below. */
  function giveAway(): void {
    out.flush('');
    send({ type: 'spare', folders: queue.takeHalf() });
  }

  function send(message: FromWalker): void {
    port.post(message);
  }
}

/** From here on the newest folder goes first: level by level, a tree of millions of folders would fill the memory. */
const LONG_QUEUE = 50_000;

/** First in, first out, without moving what is left at each step. */
class FolderQueue {
  #folders: (WalkFolder | undefined)[] = [];
  #head = 0;

  get length(): number {
    return this.#folders.length - this.#head;
  }
  push(folder: WalkFolder): void {
    this.#folders.push(folder);
  }
  add(folders: readonly WalkFolder[]): void {
    for (const folder of folders) this.#folders.push(folder);
  }
  next(): WalkFolder | undefined {
    if (this.length > LONG_QUEUE) return this.#folders.pop();
    if (this.#head > 4_096 && this.#head * 2 > this.#folders.length) {
      this.#folders = this.#folders.slice(this.#head);
      this.#head = 0;
    }
    const folder = this.#folders[this.#head];
    if (folder) this.#folders[this.#head++] = undefined;
    return folder;
  }
  takeHalf(): WalkFolder[] {
    return this.#folders.splice(this.#folders.length - (this.length >> 1)) as WalkFolder[];
  }
}
