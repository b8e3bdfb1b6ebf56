import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VARIABLE = 'XDG_DATA_HOME';

/**
 * What a test puts into the trash never comes to that of whoever runs it: the system's trash is in a temporary folder
 * until this process ends. Threads and processes that are started after this have the same one.
 */
export function keepFromRealTrash(): void {
  if (process.env[VARIABLE]?.startsWith(tmpdir())) return;
  const folder = mkdtempSync(join(tmpdir(), 'sd-trash-'));
  process.env[VARIABLE] = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}

/** A trash that is a test's own, empty when it begins and gone when it is over; answers the folder that has `Trash`. */
export function ownTrash(context: { after(call: () => void): void }): string {
  const before = process.env[VARIABLE];
  const folder = mkdtempSync(join(tmpdir(), 'sd-trash-'));
  process.env[VARIABLE] = folder;
  context.after(() => {
    if (before === undefined) delete process.env[VARIABLE];
    else process.env[VARIABLE] = before;
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
