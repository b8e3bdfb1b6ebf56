// npm start [-- folder …]: installs and builds what is missing, then hands over to `sd setup`.
import { join } from 'node:path';

import { root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { run } from './lib/run.mjs';

await prepare();
// npm runs scripts in the root; a relative folder is meant from where the user stands.
const cwd = process.env.INIT_CWD ?? process.cwd();
process.exitCode = await run(process.execPath, [join(root, 'bin', 'sd'), 'setup', ...process.argv.slice(2)], { cwd });
