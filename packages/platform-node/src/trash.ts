import { fsError } from './fs-errors.ts';
import { moveToXdgTrash } from './trash-xdg.ts';

/**
 * `Files.trash`. On Linux and the BSDs our own, by the freedesktop.org specification: it only ever renames, takes names
 * that are no text, and says where things went. macOS and Windows have helpers that speak to their own trash.
 */
export async function moveToTrash(path: string): Promise<string | undefined> {
  try {
    if (process.platform !== 'darwin' && process.platform !== 'win32') return moveToXdgTrash(path);
    const { default: trash } = await import('trash');
    await trash(path, { glob: false });
    return undefined;
  } catch (error) {
    throw fsError(error, path, 'write');
  }
}
