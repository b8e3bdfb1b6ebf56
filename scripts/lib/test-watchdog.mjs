// Loaded into every test process. The runner's time-outs are timers of that process: where its event loop stands still,
// or where something keeps it alive after its tests, they never come, and one file holds up the run for ever. A thread
// of its own counts, and ends the process with a word that says which file it was.
import { isMainThread, Worker } from 'node:worker_threads';

const TICK_MS = 5_000;
/** The loop does not turn once in as many ticks: three minutes. Slow machines block it for seconds. */
const STANDSTILL_TICKS = 36;
/** No file may take as many: fifteen minutes. */
const LONGEST_TICKS = 180;

if (isMainThread && process.env['NODE_TEST_CONTEXT']) {
  const turns = new Int32Array(new SharedArrayBuffer(4));
  setInterval(() => Atomics.add(turns, 0, 1), TICK_MS / 5).unref();
  const watch = new Worker(`(${watchTurns})()`, {
    eval: true,
    execArgv: [],
    workerData: { turns, file: process.argv[1], TICK_MS, STANDSTILL_TICKS, LONGEST_TICKS },
  });
  watch.unref();
}

/** Runs in the thread, from its text: it sees nothing of this module. */
function watchTurns() {
  const { writeSync } = require('node:fs');
  const { workerData } = require('node:worker_threads');
  const { file, TICK_MS: tick, STANDSTILL_TICKS: standstill, LONGEST_TICKS: longest } = workerData;
  /** @type {Int32Array<SharedArrayBuffer>} */
  const turns = workerData.turns;
  /** @type {number} */
  let seen = -1;
  let [still, ticks] = [0, 0];
  setInterval(() => {
    const now = Atomics.load(turns, 0);
    still = now === seen ? still + 1 : 0;
    seen = now;
    const why =
      still >= standstill
        ? `its event loop has not turned for ${(still * tick) / 1_000} s`
        : ++ticks >= longest
          ? `it is not over after ${(ticks * tick) / 1_000} s`
          : undefined;
    if (why === undefined) return;
    writeSync(2, `${file} is ended: ${why}\n`);
    process.kill(process.pid, 'SIGKILL');
  }, tick);
}
