import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeHashing } from '@sd/platform-node/hashing.ts';
import { nodeRandom } from '@sd/platform-node/random.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { type GrantScope, Grants } from './grants.ts';

const HOUR = 3_600_000;
const file: GrantScope = { library: 'a', file: '7' };

test('a signature is good for its scope and its time, and nothing else', () => {
  const clock = new ManualClock();
  const grants = new Grants({ random: nodeRandom, hashing: nodeHashing(), clock });
  const { expires, signature } = grants.sign(file);
  assert.equal(grants.allows(file, expires, signature), true);
  const others: GrantScope[] = [
    { library: 'a', file: '8' },
    { library: 'b', file: '7' },
    { library: 'a', thumbnails: true },
  ];
  for (const scope of others) assert.equal(grants.allows(scope, expires, signature), false);
  assert.equal(grants.allows(file, expires + HOUR, signature), false, 'not for longer');
  assert.equal(grants.allows(file, expires, signature.slice(0, -1)), false);
  assert.equal(grants.allows(file, expires, `${signature}0`), false);
  assert.equal(grants.allows(file, expires, ''), false);
  clock.pass(expires - clock.now() - 1);
  assert.equal(grants.allows(file, expires, signature), true);
  clock.pass(1);
  assert.equal(grants.allows(file, expires, signature), false);
});

test('it holds for one to two hours, is the same within one, and ends with the run', () => {
  const clock = new ManualClock(1_700_000_000_000);
  const parts = { random: nodeRandom, hashing: nodeHashing(), clock };
  const grants = new Grants(parts);
  const first = grants.sign(file);
  assert.ok(first.expires - clock.now() > HOUR && first.expires - clock.now() <= 2 * HOUR);
  clock.pass(60_000);
  assert.deepEqual(grants.sign(file), first);
  clock.pass(HOUR);
  assert.notDeepEqual(grants.sign(file), first);
  assert.equal(new Grants(parts).allows(file, first.expires, first.signature), false);
});
