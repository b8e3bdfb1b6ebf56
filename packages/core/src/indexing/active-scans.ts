/**
 * The scans that run now, by library, with the first id each may give. Ids are given in blocks, so that a lower one may
 * be committed after a higher one: below `safeBound` everything is committed or never will be.
 */
export class ActiveScans {
  readonly #starts = new Map<string, Set<{ readonly firstNewId: number }>>();

  begin(library: string, firstNewId: number): () => void {
    const scan = { firstNewId };
    const scans = this.#starts.get(library) ?? new Set();
    this.#starts.set(library, scans.add(scan));
    return () => {
      scans.delete(scan);
      if (scans.size === 0) this.#starts.delete(library);
    };
  }

  safeBound(library: string, nextId: number): number {
    const scans = this.#starts.get(library);
    return scans ? Math.min(...[...scans].map((scan) => scan.firstNewId)) : nextId;
  }
}
