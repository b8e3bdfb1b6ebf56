import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { nodeMounts } from '@sd/platform-node/mounts/mounts.ts';
import { isWithin } from '../src/domain/native-path.ts';
import { SdError } from '../src/errors.ts';
import { FakeMounts } from '../src/testing/fake-mounts.ts';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

test('where a share does not answer, the thread that answers everyone goes on, and a scan says that it is away', async (t) => {
  const folder = temporaryFolder(t, 'sd-share-');
  const place = `${folder}/mnt`;
  const mounts = new FakeMounts(nodeMounts.files);
  let silent = false;
  const m = await openTestCore(t, {
    platform: (platform) => ({
      ...platform,
      mounts,
      files: {
        ...platform.files,
        facts(path) {
          if (silent && isWithin(path, place)) assert.fail(`the daemon hangs in a look at ${path}`);
          return platform.files.facts(path);
        },
      },
    }),
    watching: { limit: 0 },
  });
  mkdirSync(`${folder}/home`);
  writeFileSync(`${folder}/home/a.txt`, 'a');
  const share = { source: 'nas:/photos', superblock: 77, fileSystem: 'nfs4', network: true };
  mounts.mount({ home: `${folder}/home`, mount: share }, place);
  const { location } = await m.index(place);

  silent = true;
  mounts.files.facts = () => Promise.reject(new SdError('IO', 'it does not answer'));
  const rescan = { location: location.id };
  const { result } = await m.client.call('action:locations.rescan', rescan);
  await assert.rejects(m.completed(result.job), /not at .* now/);
  // By then it is known, and asking again costs nobody anything.
  await assert.rejects(m.client.call('action:locations.rescan', rescan), { code: 'OFFLINE' });
  const { findings } = await m.client.call('query:core.doctor', {});
  assert.ok(findings.some(({ check, seen }) => /mnt/.test(check) && /offline/.test(seen)));
});
