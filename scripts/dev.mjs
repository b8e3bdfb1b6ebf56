// npm run dev [-- options]: the daemon from its sources, in the foreground, restarted at every change.
import { join } from 'node:path';

import { packagedNode } from './lib/packaged-node.mjs';
import { root } from './lib/paths.mjs';
import { install } from './lib/prepare.mjs';
import { run } from './lib/run.mjs';

await install();
const main = join(root, 'apps', 'daemon', 'src', 'main.ts');
process.exitCode = await run(packagedNode(), ['--watch', main, '--foreground', ...process.argv.slice(2)]);
