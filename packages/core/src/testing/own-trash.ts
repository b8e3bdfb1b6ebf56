import { temporaryFolder } from './open-test-core.ts';

/** The system's trash is in a folder of the test's own until it is over. Threads get it if they start after this. */
export function ownTrash(context: { after(call: () => void): void }): void {
  const before = process.env['XDG_DATA_HOME'];
  process.env['XDG_DATA_HOME'] = temporaryFolder(context);
  context.after(() => {
    if (before === undefined) delete process.env['XDG_DATA_HOME'];
    else process.env['XDG_DATA_HOME'] = before;
  });
}
