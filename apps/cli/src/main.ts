import { run } from './run.ts';

// `process.exit` would cut off what is still on its way to a pipe; nothing is left open after `run`.
process.exitCode = await run(process.argv.slice(2));
