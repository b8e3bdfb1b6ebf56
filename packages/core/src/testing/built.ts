/**
 * An entry of the build that `npm test` made of these sources: a process or thread that runs it starts in a fifth of the
 * time. Absent where a test file is run by itself, which then has the sources.
 */
export function built(entry: 'main.js' | 'worker-entry.js'): URL | undefined {
  const build = process.env['SD_TEST_BUILD'];
  return build ? new URL(entry, build) : undefined;
}
