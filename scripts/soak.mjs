// Runs a long test of e2e/soak on the packaged Node: `soak.mjs soak/NAME.ts …`, called by the scripts of e2e.
import { join } from 'node:path';

import { packagedNode } from './lib/packaged-node.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';

const [script = '', ...rest] = process.argv.slice(2);
process.exitCode = await run(packagedNode(), [join(root, 'e2e', script), ...rest]);
