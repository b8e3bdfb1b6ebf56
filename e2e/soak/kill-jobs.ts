/**
 * Kills a daemon with -9 at random instants while it works at jobs of all kinds, and looks each time whether they go on
 * as promised and the library is whole: `npm run soak:jobs --workspace e2e -- 300`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { killJobs } from './kill-jobs-run.ts';

const kills = Number(process.argv[2] ?? 300);
const folder = mkdtempSync(`${tmpdir()}/sd-soak-jobs-`);
await killJobs(folder, kills, (line) => process.stdout.write(`${line}\n`));
rmSync(folder, { recursive: true });
