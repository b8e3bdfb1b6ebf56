import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';

/** Names that are hard on programs: case, marks, quotes, line ends, bytes that are no text, the longest there is. */
const NAMES = [
  'a',
  'b',
  'A',
  'c.txt',
  'c.png',
  'd.TXT',
  'é',
  'e\u0301',
  '😀',
  '"q\'',
  'new\nline',
  '%41',
  '-rf',
  ' ',
  '\\',
  'x\ufffdy',
  '.hidden',
  'l'.repeat(255),
].map((name) => Buffer.from(name));
NAMES.push(Buffer.from([0x62, 0xff, 0xfe]), Buffer.from([0x80]));

const KINDS = [
  'file',
  'file',
  'folder',
  'folder',
  'grow',
  'rewrite',
  'touch',
  'delete',
  'rename',
  'rename',
  'move',
  'move',
  'move',
  'swap',
  'retype',
  'link',
  'symlink',
  'linkInPlace',
  'pipe',
] as const;

/** One edit; the numbers choose among what is there when it is made. */
export interface Edit {
  readonly kind: (typeof KINDS)[number];
  readonly on: number;
  readonly to: number;
  readonly name: number;
}
export const anyEdit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom(...KINDS),
  on: fc.nat(999),
  to: fc.nat(999),
  name: fc.nat(999),
});

/** A folder on disk that is edited at random, with a clock of its own so that no two writes leave the same time. */
export class RandomTree {
  readonly root: Buffer;
  #tick = 1_000_000_000;

  constructor(parent: string) {
    this.root = Buffer.from(mkdtempSync(`${parent}/tree-`));
  }
  get path(): string {
    return this.root.toString();
  }

  /** Paths of all below it whose names are text. */
  get everything(): string[] {
    return this.#all().flatMap((path) => (path.toString().includes('\ufffd') ? [] : path.toString()));
  }

  apply(edits: readonly Edit[]): void {
    for (const edit of edits) {
      try {
        this.#apply(edit);
      } catch (error) {
        // A folder into itself, onto a full folder, a name too long with its path: no such edit.
        if (!EXPECTED.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
      }
    }
  }

  #apply({ kind, on, to, name }: Edit): void {
    const all = this.#all();
    const folders = [this.root, ...all.filter((path) => lstatSync(path).isDirectory())];
    const files = all.filter((path) => lstatSync(path).isFile());
    const folder = pick(folders, to) ?? this.root;
    const fresh = join(folder, pick(NAMES, name) ?? Buffer.from('x'));
    const any = pick(all, on);
    const file = pick(files, on);
    switch (kind) {
      case 'file':
        return this.#write(fresh, name % 7);
      case 'folder':
        return mkdirSync(fresh);
      case 'grow':
        return file && this.#write(file, 8 + (name % 5));
      case 'rewrite':
        return file && this.#write(file, lstatSync(file).size);
      case 'touch':
        return any && this.#stamp(any);
      case 'delete':
        return any && rmSync(any, { recursive: true });
      case 'rename':
        return any && renameSync(any, join(parentOf(any), pick(NAMES, name) ?? Buffer.from('y')));
      case 'move':
        return any && renameSync(any, join(folder, lastOf(any)));
      case 'swap':
        return this.#swap(any, pick(all, to));
      case 'retype': {
        if (!any) return;
        const [wasFolder, kept] = [lstatSync(any).isDirectory(), join(folder, pick(NAMES, on + 1) ?? any)];
        if (name % 2 === 0) renameSync(any, kept);
        else rmSync(any, { recursive: true });
        if (name % 3 === 0) symlinkSync(kept, any);
        else if (wasFolder) this.#write(any, 3);
        else mkdirSync(any);
        return;
      }
      case 'link':
        return file && linkSync(file, fresh);
      case 'symlink':
        return symlinkSync(pick(folders, on) ?? this.root, fresh);
      case 'linkInPlace': {
        const other = pick(files, to);
        if (!file || !other || file.equals(other)) return;
        rmSync(other);
        return linkSync(file, other);
      }
      case 'pipe': {
        const made = `${this.path}/pipe`;
        execFileSync('mkfifo', [made], { stdio: 'ignore' });
        // Onto a folder it cannot go.
        if (lstatSync(fresh, { throwIfNoEntry: false })?.isDirectory()) return rmSync(made);
        return renameSync(made, fresh);
      }
    }
  }

  #swap(a: Buffer | undefined, b: Buffer | undefined): void {
    if (!a || !b || a.equals(b) || inside(a, b) || inside(b, a)) return;
    const aside = join(this.root, Buffer.from('aside'));
    renameSync(a, aside);
    renameSync(b, a);
    renameSync(aside, b);
  }

  #write(path: Buffer, size: number): void {
    // A pipe would wait for a reader, a link would be written through.
    const there = lstatSync(path, { throwIfNoEntry: false });
    if (there && !there.isFile()) return;
    // In place where there is a file, so that its inode stays; other bytes each time.
    writeFileSync(path, Buffer.alloc(size, ++this.#tick % 251));
    truncateSync(path, size);
    chmodSync(path, 0o644);
    this.#stamp(path);
  }
  #stamp(path: Buffer): void {
    if (!lstatSync(path).isSymbolicLink()) utimesSync(path, ++this.#tick, this.#tick);
  }

  #all(folder: Buffer = this.root): Buffer[] {
    const names = readdirSync(folder, { encoding: 'buffer' }).sort((a, b) => a.compare(b));
    return names.flatMap((name) => {
      const path = join(folder, name);
      return lstatSync(path).isDirectory() ? [path, ...this.#all(path)] : [path];
    });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

const EXPECTED = new Set([
  'EEXIST',
  'ENOTEMPTY',
  'EINVAL',
  'EISDIR',
  'ENOTDIR',
  'ENAMETOOLONG',
  'ENOENT',
  'EXDEV',
  'ELOOP',
  'ENXIO',
]);
const SLASH = Buffer.from('/');

function pick<T>(from: readonly T[], at: number): T | undefined {
  return from[at % Math.max(1, from.length)];
}
function join(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat([folder, SLASH, name]);
}
function parentOf(path: Buffer): Buffer {
  return path.subarray(0, path.lastIndexOf(0x2f));
}
function lastOf(path: Buffer): Buffer {
  return path.subarray(path.lastIndexOf(0x2f) + 1);
}
function inside(path: Buffer, folder: Buffer): boolean {
  return path.subarray(0, folder.length + 1).equals(join(folder, Buffer.alloc(0)));
}
