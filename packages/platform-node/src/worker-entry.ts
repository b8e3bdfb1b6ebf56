import { isMainThread } from 'node:worker_threads';
import { runProcess } from './run-process.ts';
import { runThread } from './run-thread.ts';

await (isMainThread ? runProcess() : runThread());
