import { identifies } from '../../domain/location.ts';
import type { FileFacts, ReadFiles } from '../../ports/files.ts';
import type { WriteTransaction } from '../../db/write.ts';
import { newSlot, slotColumns } from '../batch.ts';
import { BatchSender } from '../batch-sender.ts';
import { FolderMoves } from '../folder-moves.ts';
import { type Enter, FolderWalker } from '../folder-walker.ts';
import type { IndexChange } from '../index-change.ts';
import { KnownChildren } from '../known-children.ts';
import type { LibraryWriter } from '../library-writer.ts';
import { compileRules } from '../rules/compile.ts';
import type { WalkFolder } from '../scan-protocol.ts';
import { WalkControl } from '../walk-control.ts';
import { type LookAlso, PassOutput } from './pass-output.ts';
import type { LiveLocation } from './places.ts';

export interface LocationPassParts {
  readonly files: ReadFiles;
  readonly writer: LibraryWriter;
  readonly change: IndexChange;
  readonly location: LiveLocation;
  /** The location's folder, as it is when the pass begins. */
  readonly root: FileFacts;
  /** Locations on the same disk that are there, with this one. */
  readonly roots: readonly LiveLocation[];
  readonly lookAlso: LookAlso;
  /** Done with each write. */
  also(tx: WriteTransaction): void;
}

/** Few are new in a pass, and ids that were taken are not given back. */
const ID_BLOCK = 64;

/** The part of a pass that is in one location: its folders are walked, compared and written in this thread. */
export class LocationPass {
  readonly location: LiveLocation;
  readonly root: FileFacts;
  readonly output: PassOutput;
  readonly #sender: BatchSender;
  readonly #walker: FolderWalker;
  readonly #moves: FolderMoves;

  constructor({ files, writer, change, location, root, roots, lookAlso, also }: LocationPassParts) {
    this.location = location;
    this.root = root;
    const known = new KnownChildren(writer.db);
    const slot = newSlot();
    const columns = slotColumns(slot);
    const control = new WalkControl(1);
    this.#sender = new BatchSender(
      (batch) => {
        if (batch.rows > 0 || batch.folders.length > 0 || batch.displaced.length > 0)
          change.write(
            batch,
            batch.slot < 0 ? undefined : columns,
            { root: location.root, identify: identifies(location.mode) },
            also,
          );
        if (batch.slot >= 0) control.freeSlot(batch.slot);
      },
      control,
      [slot],
      0,
    );
    this.output = new PassOutput(this.#sender, { lookAlso, missing: (id) => change.found.delete(id) });
    this.#moves = new FolderMoves(
      files,
      known,
      roots.map((other) => ({ id: other.root, path: other.path })),
    );
    this.#walker = new FolderWalker({
      files,
      known,
      rules: compileRules(location.rules, location.path, files, writer.dataFolder),
      moves: this.#moves,
      ids: writer.entryIds,
      out: this.output,
      device: location.rules.cross_mounts ? undefined : root.device,
      full: false,
      idBlock: ID_BLOCK,
    });
  }

  /** `newsOnly`: does not go into folders that are as the index has them. */
  walk(folder: WalkFolder, enter: Enter, newsOnly: boolean): void {
    this.output.enter(folder.id);
    this.#walker.walk(folder, enter, newsOnly);
    this.#sender.looked('');
  }

  /** Writes what was found so far. */
  flush(): void {
    this.#sender.flush('');
    this.#moves.forget();
  }
}
