import { uuidSchema } from '../domain/ids.ts';
import { joinNative, showNative } from '../domain/native-path.ts';
import { VOLUME_ID_FILE } from '../domain/volume.ts';
import { SdError } from '../errors.ts';
import type { Mount, VolumeFiles } from '../ports/mounts.ts';
import type { DiskQuestions } from './disk-questions.ts';

const MOST_BYTES = 1024;

/** Our files on volumes that nothing else names, as they were read last. */
export class IdFiles {
  readonly #files: VolumeFiles;
  readonly #questions: DiskQuestions;
  #known = new Map<string, string | undefined>();

  constructor(files: VolumeFiles, questions: DiskQuestions) {
    this.#files = files;
    this.#questions = questions;
  }

  idOf(mount: Mount): string | undefined {
    return this.#known.get(keyOf(mount));
  }

  /** Reads those of these mounts. */
  async read(mounts: readonly Mount[]): Promise<void> {
    const ids = await Promise.all(mounts.map((mount) => this.#ask(mount)));
    this.#known = new Map(mounts.map((mount, at) => [keyOf(mount), ids[at]]));
  }

  async #ask(mount: Mount): Promise<string | undefined> {
    try {
      return await this.#questions.ask(mount.path, () => readId(this.#files, mount.path));
    } catch {
      // Not readable, or no answer: what was known of this very mount still holds.
      return this.#known.get(keyOf(mount));
    }
  }

  /** Gives the volume an id, or finds the one it has. Throws `CONFLICT` where a file of that name is none of ours. */
  async write(mount: Mount, id: string): Promise<void> {
    const path = joinNative(mount.path, VOLUME_ID_FILE);
    try {
      const file = await this.#files.create(path);
      try {
        await file.write(new TextEncoder().encode(contentOf(id)));
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (error) {
      if (!(error instanceof SdError) || error.code !== 'ALREADY_EXISTS') throw error;
      if ((await readId(this.#files, mount.path)) !== undefined) return;
      throw new SdError('CONFLICT', `${showNative(path)} is there, and no file of ours`, {
        way_out: 'move it away, and try again',
      });
    }
  }
}

function contentOf(id: string): string {
  return `${id}\nBy this file Spacedrive knows this disk wherever it is mounted. Without it the disk is a stranger.\n`;
}

async function readId(files: VolumeFiles, folder: string): Promise<string | undefined> {
  const bytes = await files.read(joinNative(folder, VOLUME_ID_FILE), MOST_BYTES);
  const [line = ''] = bytes ? new TextDecoder().decode(bytes).split('\n') : [];
  return uuidSchema.safeParse(line.trim()).success ? line.trim() : undefined;
}

function keyOf({ superblock, root, path }: Mount): string {
  return `${superblock} ${root} ${path}`;
}
