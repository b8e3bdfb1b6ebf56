import { readFileSync } from 'node:fs';

/** What the system says of a process, on Linux; `undefined` elsewhere, and where it is gone. */

/** What it holds in memory. */
export function residentMiB(pid: number): number | undefined {
  const kib = /^VmRSS:\s+(\d+) kB/m.exec(said(pid, 'status') ?? '')?.[1];
  return kib === undefined ? undefined : Number(kib) / 1024;
}

/** Linux counts in hundredths of a second towards programs, whatever it counts in itself. */
const TICKS = 100;

/** Processor time that it and its children have used. */
export function cpuSeconds(pid: number): number | undefined {
  // Its name, in parentheses, may hold anything.
  const stat = said(pid, 'stat')?.split(') ').at(-1)?.split(' ');
  if (!stat) return undefined;
  // User and system time of its own, and of children that have ended: fields 14 to 17, counted with the two cut off.
  const own = stat.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS;
  const children = said(pid, `task/${pid}/children`)?.split(' ').filter(Boolean) ?? [];
  return children.reduce((sum, child) => sum + (cpuSeconds(Number(child)) ?? 0), own);
}

/** What it has written since it began, to files, pipes and sockets, with programs it started that have ended. */
export function writtenMiB(pid: number): number | undefined {
  const bytes = /^wchar: (\d+)/m.exec(said(pid, 'io') ?? '')?.[1];
  return bytes === undefined ? undefined : Number(bytes) / 2 ** 20;
}

function said(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return undefined;
  }
}
