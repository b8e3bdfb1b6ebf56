import { FOLDER } from '../../domain/entry.ts';
import { showNative } from '../../domain/native-path.ts';
import { SdError } from '../../errors.ts';
import type { ReadFiles } from '../../ports/files.ts';
import type { FoundStep } from '../../db/actions/steps.ts';
import { sameInode } from '../../domain/same-inode.ts';
import type { CarryWorld } from './world.ts';

/**
 * The folders that a batch writes into, each looked at once: it is the one that a step before made, or found there. In a
 * symbolic link, or a folder, that somebody has put in its place since, nothing is written.
 */
export class MadeFolders {
  readonly #world: Pick<CarryWorld, 'find' | 'paths'> & { readonly files: Pick<ReadFiles, 'facts'> };
  /** By the number of the folder's step: what is wrong with it. */
  readonly #looked = new Map<number, SdError | undefined>();

  constructor(world: Pick<CarryWorld, 'find' | 'paths' | 'files'>) {
    this.#world = world;
  }

  /** Throws `CONFLICT` where the folder that the step's thing comes into is another one. */
  check({ parent }: Pick<FoundStep, 'parent'>): void {
    if (parent === undefined) return;
    if (!this.#looked.has(parent)) {
      const folder = this.#world.find(parent);
      // Of this batch, it is where it was just made.
      if (folder?.state !== 'done') return;
      this.#looked.set(parent, this.#wrong(folder));
    }
    const wrong = this.#looked.get(parent);
    if (wrong) throw wrong;
  }

  #wrong(folder: FoundStep): SdError | undefined {
    const { files, paths } = this.#world;
    const made = folder.outcome?.facts;
    const path = folder.outcome?.target ?? paths.of(folder).target;
    if (folder.kind !== 'make_folder' || !made || path === undefined) return undefined;
    const now = files.facts(path);
    if (!now) return new SdError('CONFLICT', `the folder ${showNative(path)}, which it comes into, is gone`);
    if (now.type === FOLDER && sameInode(now.inode, made.inode)) return undefined;
    return new SdError('CONFLICT', `${showNative(path)} is not the folder any more that it is to come into`);
  }
}
