import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type TestContext, test } from 'node:test';
import { watchesInUse } from './inotify-use.ts';

const AMPLE = { milliseconds: 60_000, bytes: 2 ** 30 };

/** A `/proc` whose processes have so many watches. */
function proc(context: TestContext, processes: Record<string, number>): string {
  const folder = mkdtempSync(`${tmpdir()}/sd-proc-`);
  context.after(() => rmSync(folder, { recursive: true }));
  for (const [pid, watches] of Object.entries(processes)) {
    mkdirSync(`${folder}/${pid}/fd`, { recursive: true });
    mkdirSync(`${folder}/${pid}/fdinfo`);
    symlinkSync('/dev/null', `${folder}/${pid}/fd/1`);
    symlinkSync('anon_inode:inotify', `${folder}/${pid}/fd/7`);
    const line = (at: number): string =>
      `inotify wd:${at} ino:${'f'.repeat(at % 17)} sdev:800001 mask:fc6 ignored_mask:0`;
    const lines = Array.from({ length: watches }, (_, at) => line(at));
    writeFileSync(`${folder}/${pid}/fdinfo/7`, ['pos:\t0', 'flags:\t02004000', ...lines, ''].join('\n'));
  }
  return folder;
}

test('the watches of all processes are counted, also where a list is longer than what is read at once', (context) => {
  if (process.platform === 'win32') return context.skip('links take rights there');
  const folder = proc(context, { 10: 3, 11: 20_000, self: 5 });
  assert.equal(watchesInUse(folder, '10', AMPLE), 20_003);
  assert.equal(watchesInUse(`${folder}/none`, '10', AMPLE), 0);
});

test('however many watches others have, it ends within its limits, and counts its own whole', (context) => {
  if (process.platform === 'win32') return context.skip('links take rights there');
  const folder = proc(context, { 10: 20_000, 11: 20_000, 12: 20_000 });
  const used = watchesInUse(folder, '11', { ...AMPLE, bytes: 100_000 });
  assert.ok(used > 20_000 && used < 30_000, `${used}`);
  assert.equal(watchesInUse(folder, '11', { ...AMPLE, milliseconds: 0 }), 20_000);
});
