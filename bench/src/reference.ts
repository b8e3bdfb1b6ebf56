import { spawnSync } from 'node:child_process';

/** Seconds a command takes, with what it prints thrown away. */
export function seconds(command: string, ...more: string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync('sh', ['-c', command, 'sh', ...more], { stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`${command}: ${String(stderr)}`);
  return (performance.now() - started) / 1000;
}

export function has(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

/** `find` with what an index needs of each file: the reference for walking. */
export function findSeconds(folder: string): number {
  return seconds('find "$1" -printf "%p %s %T@ %i\\n"', folder);
}

/** Reads everything about a tree once, so that what follows finds it in memory. */
export function warm(folder: string): void {
  findSeconds(folder);
}
