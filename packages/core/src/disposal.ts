/** What has been opened, closed in reverse: the last thing started is the first to stop. */
export class DisposalStack {
  readonly #steps: { readonly name: string; readonly dispose: () => void | Promise<void> }[] = [];
  readonly #failed: (name: string, error: unknown) => void;

  constructor(failed: (name: string, error: unknown) => void) {
    this.#failed = failed;
  }

  defer(name: string, dispose: () => void | Promise<void>): void {
    this.#steps.push({ name, dispose });
  }

  /** Runs every step, also after one has failed. */
  async dispose(): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step.dispose();
      } catch (error) {
        this.#failed(step.name, error);
      }
    }
  }
}
