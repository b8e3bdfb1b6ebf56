import { closeSync, openSync, readSync, readdirSync, readlinkSync, statSync } from 'node:fs';

/** What the count of other programs' watches may cost whoever asks; what is not looked at then counts as none. */
export interface LookLimits {
  readonly milliseconds: number;
  /** Of the system's lists, one line of some 90 bytes for each watch. */
  readonly bytes: number;
}
const LIMITS: LookLimits = { milliseconds: 50, bytes: 16 * 2 ** 20 };

/**
 * How many watches this user has now, as the system counts them per user: of this process all, of others as far as the
 * limits let us look.
 */
export function watchesInUse(proc = '/proc', own = String(process.pid), limits = LIMITS): number {
  const began = performance.now();
  let left = limits.bytes;
  const goesOn = (bytes: number): boolean => (left -= bytes) > 0 && performance.now() - began < limits.milliseconds;
  let used = watchesOf(`${proc}/${own}`, () => true);
  for (const pid of processes(proc)) {
    if (!goesOn(0)) break;
    if (pid !== own) used += watchesOf(`${proc}/${pid}`, goesOn);
  }
  return used;
}

function processes(proc: string): string[] {
  try {
    return readdirSync(proc).filter((name) => /^[0-9]+$/.test(name));
  } catch {
    return [];
  }
}

const INOTIFY = 'anon_inode:inotify';
/** Asked after each piece that was read, with its length, whether to go on. */
type GoesOn = (bytes: number) => boolean;

/** Of a process of this user that it may look into. */
function watchesOf(folder: string, goesOn: GoesOn): number {
  let watches = 0;
  try {
    if (statSync(folder).uid !== process.getuid?.()) return 0;
    for (const fd of readdirSync(`${folder}/fd`)) {
      if (!goesOn(0)) break;
      try {
        if (readlinkSync(`${folder}/fd/${fd}`) === INOTIFY) watches += linesOf(`${folder}/fdinfo/${fd}`, goesOn);
      } catch {
        // Closed meanwhile.
      }
    }
  } catch {
    // Ended meanwhile, or not ours to look into.
  }
  return watches;
}

const PIECE = 64 * 1024;
const LINE = '\ninotify ';

/** In pieces: the list of a program with many watches has tens of megabytes. */
function linesOf(path: string, goesOn: GoesOn): number {
  const piece = Buffer.allocUnsafe(PIECE);
  const file = openSync(path, 'r');
  try {
    let lines = 0;
    let rest = '';
    for (let read = readSync(file, piece); read > 0; read = goesOn(read) ? readSync(file, piece) : 0) {
      const text = rest + piece.toString('latin1', 0, read);
      lines += text.split(LINE).length - 1;
      rest = text.slice(1 - LINE.length);
    }
    return lines;
  } finally {
    closeSync(file);
  }
}
