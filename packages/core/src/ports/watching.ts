/** News from folders, as the system gives them. */
export interface Watching {
  /**
   * Watches one folder, not what is below it, wherever it is moved. `news` is called with `tag` for each change in it, and
   * where it is moved or removed itself: then, and after an error, this watch may tell nothing more. Throws `NOT_FOUND`,
   * `NOT_READABLE`, and `LIMIT` where the system gives out no more watches.
   */
  watch(path: string, tag: number, news: (tag: number) => void): { close(): void };
  /**
   * Calls when more may have happened at once than the system keeps: what any watch tells may be missing something.
   * Answers the function that ends it.
   */
  onLost(call: () => void): () => void;
  /**
   * What the system allows one user, where it says so, and how much of it is used now by this process and,
   * as far as can be told in a moment, by others.
   */
  limits(): {
    readonly watches?: number;
    readonly instances?: number;
    readonly used?: number;
    /** The setting that raises it, as a command. */
    readonly raise?: string;
  };
}
