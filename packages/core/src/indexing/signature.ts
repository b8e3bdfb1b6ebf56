/** Stands for a folder that is not, or not yet, in the index as it was listed: it is to be looked at again. */
export const NO_SIGNATURE = -1;
/** So much of the second lane is kept. */
const LANE_B = 2 ** 21;

/**
 * The digest of a folder's direct children: 64 bits, not cryptographic, the same in whatever order they are listed.
 * A scan that finds the stored one again need not look at the folder's rows. Each child is mixed by itself (two lanes
 * of 32 bits, multiply and shift as in MurmurHash3) and the children are added up.
 */
export class FolderSignature {
  #a = 0;
  #b = 0;
  /** Of the child that was mixed last. */
  #mixedA = 0;
  #mixedB = 0;

  reset(): void {
    this.#a = this.#b = 0;
  }

  /** Goes on from what `value` gave once. */
  resume(value: number): void {
    this.#a = Math.floor(value / LANE_B) | 0;
    this.#b = (value % LANE_B) | 0;
  }

  add(name: string, type: number, size: number, mtime: number, inode: number, links: number): void {
    this.#mix(name, type, size, mtime, inode, links);
    this.#a = (this.#a + this.#mixedA) | 0;
    this.#b = (this.#b + this.#mixedB) | 0;
  }

  /** Takes out a child that was added. */
  remove(name: string, type: number, size: number, mtime: number, inode: number, links: number): void {
    this.#mix(name, type, size, mtime, inode, links);
    this.#a = (this.#a - this.#mixedA) | 0;
    this.#b = (this.#b - this.#mixedB) | 0;
  }

  #mix(name: string, type: number, size: number, mtime: number, inode: number, links: number): void {
    let a = 0x9e3779b9 ^ type;
    let b = 0x85ebca6b ^ links;
    for (let at = 0; at < name.length; at++) {
      const code = name.charCodeAt(at);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b + code, 0x5bd1e995) ^ (b >>> 15);
    }
    // Numbers up to 53 bits, by their two halves.
    const sizeHigh = (size / 4294967296) | 0;
    // Downwards: times before 1970 are negative.
    const mtimeHigh = Math.floor(mtime / 4294967296) | 0;
    const inodeHigh = (inode / 4294967296) | 0;
    a = Math.imul(a ^ (size | 0), 0xcc9e2d51);
    a = Math.imul((a ^ (a >>> 15)) + (mtime | 0), 0x1b873593);
    a = Math.imul((a ^ (a >>> 13)) + (inode | 0), 0x85ebca6b);
    a = Math.imul((a ^ (a >>> 16)) + sizeHigh + Math.imul(mtimeHigh, 31) + Math.imul(inodeHigh, 17), 0xc2b2ae35);
    b = Math.imul((b ^ (b >>> 16)) + (mtime | 0), 0x27d4eb2f);
    b = Math.imul((b ^ (b >>> 15)) + (inode | 0), 0x165667b1);
    b = Math.imul((b ^ (b >>> 13)) + (size | 0), 0x9e3779b1);
    b = Math.imul((b ^ (b >>> 16)) + mtimeHigh + Math.imul(sizeHigh, 37) + Math.imul(inodeHigh, 41), 0x7feb352d);
    this.#mixedA = (a ^ (a >>> 16)) | 0;
    this.#mixedB = (b ^ (b >>> 15)) | 0;
  }

  /** As one integer that fits the 53 bits of a number: all of one lane, 21 bits of the other. */
  get value(): number {
    return (this.#a >>> 0) * LANE_B + ((this.#b >>> 0) % LANE_B);
  }
}
