import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Row } from './row.ts';

const FOLDER = join(import.meta.dirname, '..', 'results');

/** The sections of the last run with the same options: a run of some of them leaves the others as they were. */
export function previous(options: Readonly<Record<string, unknown>>): [string, Row[]][] {
  const path = join(FOLDER, 'latest.json');
  if (!existsSync(path)) return [];
  const last = JSON.parse(readFileSync(path, 'utf8')) as { options: unknown; sections: Record<string, Row[]> };
  return JSON.stringify(last.options) === JSON.stringify(options) ? Object.entries(last.sections) : [];
}

/** Prints the rows and writes them, for people and for programs. */
export function report(
  sections: ReadonlyMap<string, readonly Row[]>,
  options: Readonly<Record<string, unknown>>,
): void {
  const machine = `${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
  const lines = [
    `# Benchmark`,
    '',
    `${new Date().toISOString().slice(0, 10)}, ${machine}, ${JSON.stringify(options)}`,
    '',
  ];
  for (const [section, rows] of sections) {
    lines.push(`## ${section}`, '', '| Work | Reach | Measured | |', '|---|---|---|---|');
    for (const row of rows)
      lines.push(
        `| ${row.work} | ${row.reach} | ${row.measured} | ${row.ok === undefined ? '' : row.ok ? 'reached' : '**missed**'} |`,
      );
    lines.push('');
  }
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'latest.md'), lines.join('\n'));
  writeFileSync(
    join(FOLDER, 'latest.json'),
    `${JSON.stringify({ machine, options, sections: Object.fromEntries(sections) }, undefined, 2)}\n`,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
}
