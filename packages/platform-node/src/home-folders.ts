import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { fromSystem } from './system-path.ts';

/** Names under the home folder where the system has no list of its own. */
const USUAL = ['Desktop', 'Documents', 'Downloads', 'Music', 'Pictures', 'Videos', 'Movies'];

/** `ReadFiles.homeFolders`: the home folder, then the user's folders as the desktop names them. */
export function homeFolders(): { name: string; path: string }[] {
  const home = fromSystem(homedir());
  const folders = [
    { name: 'Home', path: home },
    ...(xdgFolders(home) ?? USUAL.map((name) => ({ name, path: `${home}/${name}` }))),
  ];
  const seen = new Set<string>();
  return folders.filter(({ path }) => isFolder(path) && !seen.has(path) && seen.add(path));
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** `~/.config/user-dirs.dirs` (xdg-user-dirs); a folder switched off there points at the home itself. */
function xdgFolders(home: string): { name: string; path: string }[] | undefined {
  if (process.platform === 'win32' || process.platform === 'darwin') return undefined;
  let text: string;
  try {
    text = readFileSync(`${process.env['XDG_CONFIG_HOME'] || `${home}/.config`}/user-dirs.dirs`, 'utf8');
  } catch {
    return undefined;
  }
  const paths = [...text.matchAll(/^XDG_[A-Z]+_DIR="(.*)"$/gm)].map(([, value = '']) =>
    value
      .replace(/^\$HOME/, home)
      .replace(/\\(.)/g, '$1')
      .replace(/\/+$/, ''),
  );
  return paths
    .filter((path) => path.startsWith('/') && path !== home)
    .map((path) => ({ name: path.slice(path.lastIndexOf('/') + 1), path }));
}
