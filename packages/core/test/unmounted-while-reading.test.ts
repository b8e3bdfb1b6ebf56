import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { temporaryFolder } from '../src/testing/open-test-core.ts';
import { ScanBench } from '../src/testing/scan-bench.ts';

test('a disk that goes while its contents are read does not leave its mount point as the location', async (context) => {
  const tree = temporaryFolder(context, 'sd-unmounted-');
  for (const name of ['a', 'b', 'c']) writeFileSync(`${tree}/${name}`, name);
  let mounted = true;
  const bench = new ScanBench(temporaryFolder(context), {
    // Neither device nor inode are those of the disk: an empty folder stands in its place.
    files: ({ files }) => ({
      ...files,
      facts(path) {
        const facts = files.facts(path);
        return facts && path === tree && !mounted ? { ...facts, device: 1, inode: 2 } : facts;
      },
    }),
  });
  context.after(() => bench.close());
  const location = await bench.add(tree, 'content');
  const { root_device, root_inode } = bench.location(location);
  await bench.scan(location, { progress: ({ phase }) => void (mounted &&= phase !== 'extract') });
  assert.equal(mounted, false);
  const after = bench.location(location);
  assert.deepEqual([after.root_device, after.root_inode], [root_device, root_inode]);
  const outcome = await bench.attempt(location);
  assert.ok('error' in outcome && outcome.error.code === 'OFFLINE');
});
