import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { killJobs } from './soak/kill-jobs-run.ts';

test('killed with -9 at work, a daemon goes on with its jobs as promised: a short version of soak:jobs', async (context) => {
  const folder = mkdtempSync(`${tmpdir()}/sd-kill-jobs-`);
  context.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  await killJobs(folder, 4, (line) => context.diagnostic(line));
});
