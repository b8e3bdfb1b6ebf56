import picomatch from 'picomatch/posix.js';

/** A user's glob, ready to be asked. */
export interface Glob {
  /** Matches the path from the location on; otherwise the name, at any depth. */
  readonly byPath: boolean;
  readonly foldersOnly: boolean;
  matches(text: string): boolean;
  /**
   * Whether something below the folder of that path (its names) may match. Only what is spelled out before the first
   * `**` counts, so that one loose glob does not open every folder that is left out.
   */
  reachesInto(names: readonly string[]): boolean;
}

const OPTIONS = { dot: true, nonegate: true } as const;

/**
 * `*.tmp` matches names anywhere, `a/*.tmp` and `/a` paths from the location on, a `/` at the end folders only; the
 * rest is picomatch's. Hidden names are names like any other. Throws where the glob is none.
 */
export function compileGlob(glob: string): Glob {
  const foldersOnly = glob.endsWith('/');
  const trimmed = glob.replace(/\/+$/, '');
  const byPath = trimmed.includes('/');
  const pattern = trimmed.replace(/^(\.?\/)+/, '');
  const segments = byPath ? pattern.split('/') : [];
  const bySegment = segments.map((segment) => (segment === '**' ? undefined : picomatch(segment, OPTIONS)));
  const matches = picomatch(pattern, OPTIONS);
  return {
    byPath,
    foldersOnly,
    matches: (text) => matches(text),
    reachesInto: (names) => {
      for (const [index, name] of names.entries()) {
        if (index >= bySegment.length - (bySegment.at(-1) ? 1 : 0)) return false;
        const segment = bySegment[index];
        if (!segment) return index > 0;
        if (!segment(name)) return false;
      }
      return true;
    },
  };
}

/** Whether one of the globs matches the entry of that name and path below the location. */
export function anyMatches(globs: readonly Glob[], name: string, path: () => string, isFolder: boolean): boolean {
  return globs.some((glob) => (isFolder || !glob.foldersOnly) && glob.matches(glob.byPath ? path() : name));
}
