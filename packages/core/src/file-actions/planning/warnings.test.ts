import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { nodeUserFiles } from '@sd/platform-node/user-files/user-files.ts';
import { SdError } from '../../errors.ts';
import type { NameLimits } from '../../ports/user-files.ts';
import { writeTree } from '../../testing/file-world.ts';
import { type PlanningBench, plannerMount, planningBench } from '../../testing/planning-fixture.ts';

const limitsOf = (of: (folder: string) => Partial<NameLimits>) => async () => ({
  ...nodeUserFiles,
  limits: (folder: string) => ({ ...nodeUserFiles.limits(folder), ...of(folder) }),
});

async function warningsOf(bench: PlanningBench, operation: 'copy' | 'move', to = 'to'): Promise<string> {
  const { plan } = await bench.plan({
    operation: `entries.${operation}`,
    sources: [`${bench.folder}/a`],
    to: `${bench.folder}/${to}`,
    on_conflict: 'ask',
  });
  return plan.warnings.join('\n');
}

test('a path that gets longer than the system takes is said, of a copy and of what is renamed', async (context) => {
  let pathLength = 4_095;
  const bench = planningBench(context, { platform: () => ({ userFiles: limitsOf(() => ({ pathLength })) }) });
  writeTree(bench.folder, { 'a/x': '1', 'a/longer': '2', 'to/': '' });
  assert.doesNotMatch(await warningsOf(bench, 'copy'), /longer/);
  pathLength = `${bench.folder}/to/a/x`.length;
  const said = await warningsOf(bench, 'copy');
  assert.match(said, /1 path would be longer than the system takes there \(.*a\/longer\)/);
  assert.equal(await warningsOf(bench, 'move'), '');
  pathLength = `${bench.folder}/to`.length;
  assert.match(await warningsOf(bench, 'move'), /1 path would be longer than the system takes there \(.*\/a\)/);
  const { plan } = await bench.plan({
    operation: 'entries.rename',
    source: `${bench.folder}/a`,
    name: 'another name',
    on_conflict: 'ask',
  });
  assert.match(plan.warnings.join(), /1 path would be longer/);
});

test('what stays behind is said: what cannot be read or taken out, and what is no file', async (context) => {
  const bench = planningBench(context, {
    platform: ({ files }) => ({
      files: {
        ...files,
        mayWriteIn: (folder) => !folder.endsWith('/kept') && files.mayWriteIn(folder),
        listFolder: (folder, ...rest) => {
          if (folder.endsWith('/closed')) throw new SdError('NOT_READABLE', 'closed');
          return files.listFolder(folder, ...rest);
        },
      },
    }),
  });
  writeTree(bench.folder, { 'a/kept/x': '1', 'a/closed/y': '2', 'to/': '' });
  execFileSync('mkfifo', [`${bench.folder}/a/pipe`]);
  bench.mounts = ['/', `${bench.folder}/to`].map((path) => plannerMount(path));
  const said = await warningsOf(bench, 'move');
  assert.match(said, /what is in 1 folder cannot be taken out of there and stays too \(.*kept\)/);
  assert.match(said, /1 folder cannot be read and stays behind \(.*closed: closed\)/);
  assert.match(said, /1 socket, device or pipe is left out \(.*pipe\)/);
  assert.match(said, /no rename leads there/);
});
