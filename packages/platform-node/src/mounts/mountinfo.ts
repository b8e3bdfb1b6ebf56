import { decodeNative } from '@sd/core/domain/native-path.ts';

/** A line of /proc/self/mountinfo (proc_pid_mountinfo(5)), its paths as native paths. */
export interface MountLine {
  readonly id: number;
  readonly parent: number;
  readonly major: number;
  readonly minor: number;
  readonly root: string;
  readonly path: string;
  readonly options: readonly string[];
  readonly fileSystem: string;
  readonly source: string;
  /** Options of the file system, which all its mounts share. */
  readonly superOptions: readonly string[];
}

const [NEWLINE, SPACE, BACKSLASH] = [0x0a, 0x20, 0x5c];

/** The mounts of which a path can still lead to their files; what is no line of the format is left out. */
export function parseMountinfo(table: Uint8Array): MountLine[] {
  const lines = split(table, NEWLINE).flatMap((line) => parseLine(line) ?? []);
  return lines.filter((line) => !isCovered(line, lines));
}

function parseLine(line: Uint8Array): MountLine | undefined {
  const fields = split(line, SPACE).map(unescaped);
  // Optional fields stand before the dash, none or many.
  const dash = fields.indexOf('-', 6);
  const [id, parent, device, root, path, options] = fields;
  const [fileSystem, source = '', superOptions = ''] = dash < 0 ? [] : fields.slice(dash + 1);
  const [major, minor] = (device ?? '').split(':').map(Number);
  if (fileSystem === undefined || major === undefined || minor === undefined || !path?.startsWith('/'))
    return undefined;
  return {
    id: Number(id),
    parent: Number(parent),
    major,
    minor,
    root: root ?? '/',
    path,
    options: (options ?? '').split(','),
    fileSystem,
    source,
    superOptions: superOptions.split(','),
  };
}

function split(bytes: Uint8Array, separator: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (let at = bytes.indexOf(separator); at >= 0; at = bytes.indexOf(separator, from)) {
    parts.push(bytes.subarray(from, at));
    from = at + 1;
  }
  parts.push(bytes.subarray(from));
  return parts;
}

/** The kernel writes blanks, line ends, backslashes and `#` as a backslash and three octal digits. */
function unescaped(field: Uint8Array): string {
  if (!field.includes(BACKSLASH)) return decodeNative(field);
  const bytes: number[] = [];
  for (let at = 0; at < field.length; at++) {
    const digits = String.fromCharCode(...field.subarray(at + 1, at + 4));
    const isEscape = field[at] === BACKSLASH && /^[0-3][0-7]{2}$/.test(digits);
    bytes.push(isEscape ? Number.parseInt(digits, 8) : (field[at] ?? 0));
    if (isEscape) at += 3;
  }
  return decodeNative(Uint8Array.from(bytes));
}

/**
 * Whether no path leads to a mount any more: another one was mounted over it, or over a folder above it. What is
 * mounted later, on top, has the covered one for its parent; what is hidden has a parent that it shares with what hides it.
 */
function isCovered(line: MountLine, lines: readonly MountLine[]): boolean {
  return (
    lines.some((other) => other.parent === line.id && other.path === line.path && other !== line) ||
    isHidden(line, lines)
  );
}

function isHidden(line: MountLine, lines: readonly MountLine[], depth = 0): boolean {
  if (
    lines.some((other) => other.parent === line.parent && line.path.startsWith(withSlash(other.path)) && other !== line)
  )
    return true;
  const parent = lines.find((other) => other.id === line.parent && other !== line);
  return parent !== undefined && depth < lines.length && isHidden(parent, lines, depth + 1);
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}
