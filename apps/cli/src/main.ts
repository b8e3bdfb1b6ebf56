import { run } from './run.ts';
import { exactArguments } from './shared/exact-arguments.ts';

// `process.exit` would cut off what is still on its way to a pipe; nothing is left open after `run`. Not awaited at the
// top level: the bundle is CommonJS, which starts faster.
void run(exactArguments(process.argv.slice(2))).then((code) => {
  process.exitCode = code;
});
