import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { NOTHING_DIFFERS, counted, decay } from '../src/testing/verify-fixture.ts';
import type { LocationReport } from '../src/verifying/report.ts';

const CHILD = fileURLToPath(new URL('verify-location-child.ts', import.meta.url));
const FOLDERS = 20;
const FILES = 60;

/** Runs the child, and kills it once it has said so many lines. Answers the job's id. */
function verifyAndDie(folder: string, lines: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.split('\n').length > lines) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', (code, signal) =>
      signal === 'SIGKILL' ? resolve(said.split('\n')[0] ?? '') : reject(new Error(`it ended by itself: ${code}`)),
    );
  });
}

test('killed with -9 again and again, a verification goes on, and counts nothing twice', async (context) => {
  const tree = temporaryFolder(context);
  for (let folder = 0; folder < FOLDERS; folder++) {
    mkdirSync(`${tree}/${folder}`);
    for (let file = 0; file < FILES; file++)
      writeFileSync(`${tree}/${folder}/${file}`, Buffer.alloc(100_000, `${folder} and ${file} `));
  }
  const dataFolder = temporaryFolder(context);
  const first = await openTestCore(context, { dataFolder });
  await first.index(tree, { mode: 'content' });
  await first.close();
  decay(`${tree}/7/7`);

  const jobs = new Set<string>();
  for (let kill = 0; kill < 4; kill++) jobs.add(await verifyAndDie(dataFolder, 1 + Math.floor(Math.random() * 20)));
  const last = await openTestCore(context, { dataFolder });
  for (const id of jobs) {
    const report = (await last.completed({ id })).result as LocationReport;
    assert.deepEqual(counted(report), { ...NOTHING_DIFFERS, corrupt: 1 });
    assert.deepEqual(
      [report.files, report.folders, report.contents?.files],
      [FOLDERS * FILES, FOLDERS, FOLDERS * FILES],
    );
    assert.equal(report.contents?.bytes, FOLDERS * FILES * 100_000);
  }
});
