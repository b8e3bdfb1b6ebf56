import { SdError, asSdError, fromPlainError } from '../../errors.ts';
import type { CopiedFile } from '../../ports/user-files.ts';
import { type Copied, type CopiedPart, type SharedCopies, leaveRest, takeOne, told } from './copier-protocol.ts';
import { CopySlots } from './copy-slots.ts';
import { type CopyTask, makeCopy } from './copy-task.ts';
import { endsAll } from './failed-step.ts';
import type { CarryWorld } from './world.ts';

/** Fewer are made by one thread before another has heard of them. */
const FEW = 8;
/** Larger files are copied one after the other: two at once would send a disk to and fro. */
const SMALL_BYTES = 2 ** 20;

/** What came of a copy; `stopped`: nothing of it is left. */
export type CopyResult = CopiedFile | SdError | 'stopped';
/** Of that many bytes. */
export type SizedTask = CopyTask & { readonly size: number };

/** Makes copies: this thread, and another one beside it where there is one. */
export class CopyTeam {
  readonly #other: MessagePort | undefined;
  /** Who waits for the other's parts, which come in the order in which they were asked for. */
  readonly #waiting: ((part: CopiedPart) => void)[] = [];

  constructor(other: MessagePort | undefined) {
    this.#other = other;
    other?.addEventListener('message', ({ data }) => this.#waiting.shift()?.(data as CopiedPart));
    other?.start();
  }

  /** The other thread begins at once, or after those before; this one in `whole`. */
  begin(tasks: readonly SizedTask[], stop: SharedArrayBuffer): CopiesUnderWay {
    const small = tasks.filter(isSmall);
    const shared: SharedCopies<SizedTask> = { tasks: small, ...room(small.length), stop };
    if (!this.#other || small.length < FEW) return new CopiesUnderWay(tasks, shared, Promise.resolve([]));
    const part = new Promise<CopiedPart>((resolve) => this.#waiting.push(resolve));
    this.#other.postMessage(told(shared), []);
    return new CopiesUnderWay(tasks, shared, part);
  }

  close(): void {
    this.#other?.close();
  }
}

/** Some copies that are being made. */
export class CopiesUnderWay {
  readonly #tasks: readonly SizedTask[];
  readonly #shared: SharedCopies<SizedTask>;
  readonly #part: Promise<CopiedPart>;
  #isLeft = false;

  constructor(tasks: readonly SizedTask[], shared: SharedCopies<SizedTask>, part: Promise<CopiedPart>) {
    this.#tasks = tasks;
    this.#shared = shared;
    this.#part = part;
  }

  /** No more of them are begun. */
  leave(): void {
    this.#isLeft = true;
    leaveRest(this.#shared);
  }

  /** Does this thread's part; answers what came of each, in their order, once the other's is done too. */
  async whole(world: CarryWorld): Promise<CopyResult[]> {
    const results = new Map<CopyTask, CopyResult>();
    const make = (task: SizedTask): void => {
      if (this.#isLeft || world.stopped()) return;
      const result = copied(world, task);
      if (result instanceof SdError && endsAll(result)) this.leave();
      results.set(task, result);
    };
    for (const task of this.#tasks) if (!isSmall(task)) make(task);
    for (let next = takeOne(this.#shared); next; next = takeOne(this.#shared)) make(next.task);
    const { tasks, slots } = this.#shared;
    const others = new Map(await this.#part);
    for (const [at, task] of tasks.entries()) {
      const result = slots.get(at) ?? others.get(at);
      if (!result) continue;
      results.set(task, received(result));
      world.working(task.source, task.size);
    }
    return this.#tasks.map((task) => results.get(task) ?? 'stopped');
  }
}

function room(copies: number): Pick<SharedCopies, 'taken' | 'slots'> {
  return { taken: new SharedArrayBuffer(4), slots: CopySlots.for(copies) };
}

function isSmall({ size }: SizedTask): boolean {
  return size <= SMALL_BYTES;
}

function copied(world: CarryWorld, task: SizedTask): CopyResult {
  try {
    const onBytes = (bytes: number): boolean => {
      world.working(task.source, bytes);
      return !world.stopped();
    };
    return makeCopy(world, task, onBytes) ?? 'stopped';
  } catch (error) {
    return asSdError(error);
  }
}

function received(result: Copied): CopyResult {
  return result !== 'stopped' && 'code' in result ? fromPlainError(result) : result;
}
