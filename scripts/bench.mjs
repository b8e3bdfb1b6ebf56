// npm run bench [-- options]: figures as ratios against references of the same run, see bench/.
import { join } from 'node:path';

import { packagedNode } from './lib/packaged-node.mjs';
import { root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { run } from './lib/run.mjs';

await prepare();
process.exitCode = await run(packagedNode(), [join(root, 'bench', 'src', 'main.ts'), ...process.argv.slice(2)]);
