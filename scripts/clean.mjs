// npm run clean: removes what was built. node_modules stays; `npm ci` replaces it whole.
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './lib/paths.mjs';

for (const folder of ['dist', '.cache', 'coverage']) rmSync(join(root, folder), { recursive: true, force: true });
