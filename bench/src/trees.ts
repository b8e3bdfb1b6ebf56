import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, openSync, closeSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const MAKE_TREE = join(import.meta.dirname, '..', 'make-tree.mjs');

/** A tree of `make-tree.mjs`, made once and kept in `folder`. A tree that was not finished is made anew. */
export function tree(folder: string, recipe: 'small' | 'medium' | 'large' | 'home', files?: number): string {
  return once(folder, files === undefined ? recipe : `${recipe}-${files}`, (path) => {
    execFileSync(
      process.execPath,
      [MAKE_TREE, recipe, path, ...(files === undefined ? [] : ['--files', String(files)])],
      { stdio: 'ignore' },
    );
  });
}

/** `files` files of 4 to 64 KiB of noise, a thousand to a folder, every tenth one a copy of another. */
export function smallFiles(folder: string, files: number): string {
  return once(folder, `contents-${files}`, (path) => {
    const noise = Buffer.alloc(1 << 20);
    let state = 12345;
    const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
    for (let at = 0; at < noise.length; at += 4) noise.writeUInt32LE(next(), at);
    let last = { start: 0, length: 0 };
    for (let index = 0; index < files; index++) {
      const within = join(path, `folder-${Math.floor(index / 1000)}`);
      if (index % 1000 === 0) mkdirSync(within, { recursive: true });
      const length = 4096 + (next() % (60 * 1024));
      if (index % 10 !== 9) last = { start: next() % (noise.length - length), length };
      const file = openSync(join(within, `file-${index}.bin`), 'w');
      // The number makes each different, but for the copies.
      writeSync(file, Buffer.from(String(index % 10 === 9 ? index - 1 : index).padStart(16)));
      writeSync(file, noise, last.start, last.length - 16);
      closeSync(file);
    }
  });
}

export function once(folder: string, name: string, make: (path: string) => void): string {
  const path = join(folder, name);
  // `find` does not follow a link that it is given.
  if (existsSync(path)) return realpathSync(path);
  const unfinished = `${path}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  process.stderr.write(`making ${name} …\n`);
  try {
    make(unfinished);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
  renameSync(unfinished, path);
  return path;
}
