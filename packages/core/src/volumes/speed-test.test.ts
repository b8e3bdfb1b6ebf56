import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { nodeClock } from '@sd/platform-node/clock.ts';
import { volumeFiles } from '@sd/platform-node/mounts/volume-files.ts';
import { nodeRandom } from '@sd/platform-node/random.ts';
import { SdError } from '../errors.ts';
import type { VolumeFile } from '../ports/mounts.ts';
import { temporaryFolder } from '../testing/open-test-core.ts';
import { measureSpeed, testFile } from './speed-test.ts';

const BYTES = 5 * 2 ** 20;

/** A test on a real folder, whose file does what `faults` says; answers the pieces that were written. */
async function measured(t: TestContext, faults: (file: VolumeFile) => Partial<VolumeFile>) {
  const { name, marker } = testFile('018f0000-0000-7000-8000-000000000001');
  const path = `${temporaryFolder(t)}/${name}`;
  const written: number[] = [];
  const files = {
    ...volumeFiles,
    async create(at: string) {
      const file = await volumeFiles.create(at);
      const write = (bytes: Uint8Array) => (written.push(bytes.length), file.write(bytes));
      return { ...file, write, ...faults(file) };
    },
  };
  const { signal } = new AbortController();
  const parts = { files, clock: nodeClock, random: nodeRandom, signal, progress() {} };
  const speed = measureSpeed(path, marker, BYTES, parts);
  return { speed, written, marker, isLeft: () => existsSync(path) };
}

test('the mark is written first, and counts among the bytes', async (t) => {
  const { speed, written, marker, isLeft } = await measured(t, () => ({}));
  assert.equal((await speed)?.bytes, BYTES);
  assert.equal(written[0], marker.length);
  assert.equal(
    written.reduce((sum, bytes) => sum + bytes),
    BYTES,
  );
  assert.equal(isLeft(), false);
});

test('on a disk that is full from the first byte on, no file is left', async (t) => {
  const write = () => Promise.reject(new SdError('DISK_FULL', 'no room'));
  const { speed, isLeft } = await measured(t, () => ({ write }));
  await assert.rejects(speed, { code: 'DISK_FULL' });
  assert.equal(isLeft(), false);
});

test('a file that cannot be closed in order is removed all the same', async (t) => {
  const close = (file: VolumeFile) => async () => {
    await file.close();
    throw new SdError('IO', 'the last bytes were lost');
  };
  const { speed, isLeft } = await measured(t, (file) => ({ close: close(file) }));
  await assert.rejects(speed, { code: 'IO' });
  assert.equal(isLeft(), false);
});
