/** The kinds of entries, for help and completion; the daemon has the last word. */
export const KIND_WORDS = [
  'image',
  'video',
  'audio',
  'document',
  'text',
  'code',
  'archive',
  'font',
  'book',
  'database',
  'executable',
  'mesh',
  'config',
  'encrypted',
  'key',
  'link',
  'package',
  'disk_image',
  'subtitle',
  'calendar',
  'contact',
  'shortcut',
  'folder',
  'other',
  'unknown',
] as const;

export function kindName(kind: string): string {
  return kind.replaceAll('_', ' ');
}
