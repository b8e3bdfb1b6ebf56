import { fsError } from './fs-errors.ts';
import { trash as moveToOurs } from './user-files/trash/trash.ts';

/**
 * `Files.trash`. On Linux and the BSDs as `UserFiles.trash`, which says where things went. macOS and Windows have helpers
 * that speak to their own trash.
 */
export async function moveToTrash(path: string): Promise<string | undefined> {
  try {
    if (process.platform !== 'darwin' && process.platform !== 'win32') return moveToOurs(path).place;
    const { default: trash } = await import('trash');
    await trash(path, { glob: false });
    return undefined;
  } catch (error) {
    throw fsError(error, path, 'write');
  }
}
