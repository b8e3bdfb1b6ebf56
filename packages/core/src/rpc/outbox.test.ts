import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '../testing/manual-clock.ts';
import { Outbox } from './outbox.ts';
import type { Pipe } from './pipe.ts';
import { LIMITS } from './protocol.ts';

function made() {
  const clock = new ManualClock();
  const seen: string[] = [];
  const pipe: Pipe & { buffered: number } = {
    buffered: 0,
    limit: 0,
    send(text: string) {
      this.buffered += text.length;
      return this.buffered < 100;
    },
    listen() {},
    close() {},
    destroy() {},
    pause: () => void seen.push('pause'),
    resume: () => void seen.push('resume'),
  };
  const outbox = new Outbox(pipe, clock, {
    room: () => void seen.push('room'),
    stalled: () => void seen.push('stalled'),
  });
  return { clock, seen, pipe, outbox };
}

test('stops reading while the client does not keep up, and goes on when it has', () => {
  const { clock, seen, pipe, outbox } = made();
  outbox.send('x'.repeat(99));
  assert.equal(outbox.blocked, false);
  outbox.send('x');
  outbox.send('what was running still answers');
  assert.equal(outbox.blocked, true);
  assert.deepEqual(seen, ['pause']);
  pipe.buffered = 0;
  outbox.drained();
  assert.equal(outbox.blocked, false);
  assert.deepEqual(seen, ['pause', 'resume', 'room']);
  clock.pass(LIMITS.stalledMs * 2);
  assert.deepEqual(seen.includes('stalled'), false);
});

test('gives a client up that fetches nothing, not one that fetches slowly', () => {
  const { clock, seen, pipe, outbox } = made();
  outbox.send('x'.repeat(1000));
  for (let i = 0; i < 5; i++) {
    pipe.buffered -= 1;
    clock.pass(LIMITS.stalledMs);
  }
  assert.deepEqual(seen, ['pause']);
  outbox.send('an answer in between');
  clock.pass(LIMITS.stalledMs);
  assert.deepEqual(seen, ['pause']);
  clock.pass(LIMITS.stalledMs);
  assert.deepEqual(seen, ['pause', 'stalled']);
});

test('closed, it watches nothing any more', () => {
  const { clock, seen, outbox } = made();
  outbox.send('x'.repeat(1000));
  outbox.close();
  clock.pass(LIMITS.stalledMs * 2);
  assert.deepEqual(seen, ['pause']);
});
