import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LiveIndex } from '../indexing/passes/live-index.ts';
import { SdError } from '../errors.ts';
import type { Pace } from '../pace.ts';
import type { Watching } from '../ports/watching.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { LibraryWatch } from './library-watch.ts';
import type { FromWatcher } from './protocol.ts';

test('a pass whose index cannot even be asked ends its turn, and says why', async () => {
  const said: FromWatcher[] = [];
  let passed = (): void => {};
  const ended = new Promise<void>((resolve) => (passed = resolve));
  const index: Partial<LiveIndex> = {
    nextId: 1,
    firstUnsettledId: 1,
    places: () => {
      throw new SdError('IO', 'disk I/O error');
    },
    close() {},
  };
  const watching: Partial<Watching> = { onLost: () => () => {}, limits: () => ({}) };
  const watch = new LibraryWatch({
    index: index as LiveIndex,
    watching: watching as Watching,
    clock: new ManualClock(),
    pace: {} as Pace,
    options: { openedAt: 0 },
    say(message) {
      said.push(message);
      if (message.type !== 'state') passed();
    },
  });
  watch.turn();
  await ended;
  const answer = said.find(({ type }) => type !== 'state');
  assert.ok(answer?.type === 'passed');
  assert.equal(answer.report.error?.message, 'disk I/O error');
  await watch.stop();
});
