import { toPlainError } from '../errors.ts';
import type { ThreadPlatform } from '../platform.ts';
import type { WorkerPort } from '../ports/workers.ts';
import type { MaintenanceAnswer } from './maintenance.ts';
import { type MaintenanceTask, maintenanceTasks } from './maintenance-tasks.ts';

/** The thread role `library-maintenance`: runs the one task it is sent. */
export function maintenanceRole(platform: ThreadPlatform, port: WorkerPort): void {
  const tasks = maintenanceTasks(platform);
  port.onMessage((message) => {
    const { name, task } = message as MaintenanceTask;
    void answer(name, task).then((sent) => port.post(sent));
  });

  async function answer(name: MaintenanceTask['name'], task: unknown): Promise<MaintenanceAnswer> {
    try {
      const run = tasks[name] as (task: unknown) => unknown;
      return { result: await run(task) };
    } catch (error) {
      return { error: toPlainError(error) };
    }
  }
}
