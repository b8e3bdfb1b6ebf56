import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

const CHILD = fileURLToPath(new URL('history-child.ts', import.meta.url));
const FILES = 1_500;

/** Runs the child, and kills it once it has said that often that it begins something. */
function killed(dataFolder: string, lines: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, dataFolder], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const before = said;
      said += text.split('\n').length - 1;
      if (before < lines && said >= lines) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', () => resolve());
  });
}

test('killed with -9 in the middle of it, an action or its undo has happened as a whole or not at all', async (context) => {
  const folder = temporaryFolder(context);
  const dataFolder = temporaryFolder(context);
  mkdirSync(join(folder, 'files'));
  for (let at = 0; at < FILES; at++) writeFileSync(join(folder, 'files', `${at}.txt`), `file ${at}`);
  const first = await openTestCore(context, { dataFolder, watching: { limit: 0 } });
  await first.index(folder);
  await first.close();

  for (let kill = 0; kill < 4; kill++) {
    await killed(dataFolder, 2 + kill);
    const { client, close } = await openTestCore(context, { dataFolder, watching: { limit: 0 } });
    const tagged = async () =>
      (await client.call('query:tags.list', {})).tags.find(({ name }) => name === 'All')?.applied ?? 0;
    const holds = async () => (await client.call('query:history.list', { undoable: true })).actions.length;
    const found = await tagged();
    assert.ok(found === 0 || found === FILES, `${found} of ${FILES} are tagged`);
    assert.equal(await holds(), found === 0 ? 0 : 1, 'the history says what the rows say');
    await client.call(found === 0 ? 'action:history.redo' : 'action:history.undo', {});
    assert.equal(await tagged(), found === 0 ? FILES : 0);
    if (found === 0) await client.call('action:history.undo', {});
    const { actions } = await client.call('query:audit.list', { outcomes: ['started'] });
    assert.deepEqual(actions, [], 'nothing is under way for ever');
    await close();
  }
});
