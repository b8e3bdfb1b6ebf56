import { type PlainError, SdError, fromPlainError } from '../errors.ts';
import type { Workers } from '../ports/workers.ts';
import type { MaintenanceResult, MaintenanceTasks } from './maintenance-tasks.ts';

const MAINTENANCE_ROLE = 'library-maintenance';

/** The answer of a thread to its one task. */
export type MaintenanceAnswer = { readonly result: unknown } | { readonly error: PlainError };

/** Runs work on whole databases, each task in a thread of its own that ends with it. */
export class Maintenance {
  readonly #workers: Workers;

  constructor(workers: Workers) {
    this.#workers = workers;
  }

  run<Name extends keyof MaintenanceTasks>(
    name: Name,
    task: Parameters<MaintenanceTasks[Name]>[0],
  ): Promise<MaintenanceResult<Name>> {
    // Somebody waits for the passphrase; the rest gives way to those who use the library meanwhile.
    const worker = this.#workers.spawn(MAINTENANCE_ROLE, { background: name !== 'passphrase_key' });
    const answer = new Promise<MaintenanceResult<Name>>((resolve, reject) => {
      worker.onMessage((message) => {
        const sent = message as MaintenanceAnswer;
        if ('error' in sent) reject(fromPlainError(sent.error));
        else resolve(sent.result as MaintenanceResult<Name>);
      });
      worker.onExit((error) => reject(new SdError('INTERNAL', `the thread of ${name} has ended`, {}, error)));
    });
    worker.post({ name, task });
    return answer.finally(() => void worker.terminate());
  }
}
