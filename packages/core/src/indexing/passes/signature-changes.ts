import type { WriteTransaction } from '../../db/write.ts';
import type { KnownChild, KnownChildren } from '../known-children.ts';
import { FolderSignature } from '../signature.ts';

/**
 * The time of a folder that was looked at stands in the signature of the one above. That one need not be listed for it:
 * a signature is a sum.
 */
export class SignatureChanges {
  readonly #known: KnownChildren;
  readonly #changes: { readonly parent: number; readonly was: KnownChild; readonly mtime: number }[] = [];

  constructor(known: KnownChildren) {
    this.#known = known;
  }

  /** `was`: the row of a folder whose time is `mtime` now. */
  note(was: KnownChild, parent: number, mtime: number): void {
    this.#changes.push({ parent, was, mtime });
  }

  write(tx: WriteTransaction): void {
    for (const { parent, was, mtime } of this.#changes.splice(0)) {
      const before = this.#known.signature(parent);
      if (before === undefined) continue;
      const signature = new FolderSignature();
      signature.resume(before);
      signature.remove(was.name, was.type, 0, was.mtime, was.inode, 0);
      signature.add(was.name, was.type, 0, mtime, was.inode, 0);
      tx.run('UPDATE folders SET signature = ? WHERE entry_id = ?', signature.value, parent);
    }
  }
}
