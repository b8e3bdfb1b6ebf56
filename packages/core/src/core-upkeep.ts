import { locationByUuid } from './db/library/locations.ts';
import { anyMade } from './db/library/sidecars.ts';
import { anyKept } from './indexing/keeping/sweep-run.ts';
import type { JobManager } from './jobs/job-manager.ts';
import type { Library } from './libraries/library.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import { Regular } from './regular.ts';

interface UpkeepParts {
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
  /** They begin after what asks for them. */
  jobs(): Pick<JobManager, 'enqueue'>;
  library(id: string): Library;
}

type Wanted = Omit<Parameters<JobManager['enqueue']>[0], 'library'>;

/** Jobs that follow from what happened, or from time going by. Nobody waits for them: the log says where one cannot be had. */
export class Upkeep {
  readonly #parts: UpkeepParts;
  readonly #regular: Regular;

  constructor(parts: UpkeepParts) {
    this.#parts = parts;
    this.#regular = new Regular(parts.clock, (library) => {
      this.#sweepSidecars(library);
      this.#sweepTrash(library);
    });
  }

  start(library: string): void {
    this.#regular.start(library);
  }
  stop(library: string): void {
    this.#regular.stop(library);
  }

  /** Files of a location have got their contents. */
  identified(library: Library, location: string): void {
    const row = locationByUuid(library.db, location);
    if (row?.mode === 'deep')
      this.#enqueue(library.id, { kind: 'sidecars.make', subject: row.name, input: { location } });
  }

  /** What was read of documents is lost. */
  readDocumentsAgain(library: string): void {
    if (!anyMade(this.#parts.library(library).db, 'text')) return;
    const input = { kinds: ['text'], retry: true };
    this.#enqueue(library, { kind: 'sidecars.make', subject: 'documents', input });
  }

  #sweepSidecars(library: string): void {
    if (!anyMade(this.#parts.library(library).db)) return;
    this.#enqueue(library, { kind: 'sidecars.sweep', subject: 'sidecars', input: {}, priority: 'background' });
  }

  #sweepTrash(library: string): void {
    if (!anyKept(this.#parts.library(library).db)) return;
    this.#enqueue(library, { kind: 'trash.sweep', subject: 'trash', input: {}, priority: 'background' });
  }

  #enqueue(library: string, wanted: Wanted): void {
    this.#parts
      .jobs()
      .enqueue({ library, ...wanted })
      .catch((error: unknown) =>
        this.#parts.log.warn('a job that keeps the library up to date cannot be queued now', {
          library,
          kind: wanted.kind,
          subject: wanted.subject,
          error: String(error),
        }),
      );
  }
}
