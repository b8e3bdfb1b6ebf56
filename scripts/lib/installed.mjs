import { existsSync, readFileSync, utimesSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Locked one package in a lockfile
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 * @property {boolean} [peer]
 * @property {boolean} [link]
 */

/**
 * Whether node_modules holds what package-lock.json asks for. npm notes what it installed, at the end of an
 * installation, in node_modules/.package-lock.json: an interrupted one counts as not installed.
 * @param {string} root
 */
export function isInstalled(root) {
  const wanted = join(root, 'package-lock.json');
  const note = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  if (statSync(note).mtimeMs >= statSync(wanted).mtimeMs) return true;
  if (!holdsAll(packagesOf(wanted), packagesOf(note))) return false;
  // A checkout touched the lockfile without changing what it asks for: not worth an installation, nor this look again.
  const now = new Date();
  utimesSync(note, now, now);
  return true;
}

/** @param {string} file @returns {Record<string, Locked>} */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

/**
 * @param {Record<string, Locked>} wanted
 * @param {Record<string, Locked>} present
 */
function holdsAll(wanted, present) {
  return Object.entries(wanted).every(([path, pkg]) => {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) return true;
    const found = present[path];
    // Packages for other platforms are locked but not installed.
    if (!found) return Boolean(pkg.optional || pkg.devOptional || pkg.peer);
    return found.version === pkg.version && found.integrity === pkg.integrity && found.link === pkg.link;
  });
}
