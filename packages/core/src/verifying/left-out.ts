import { FOLDER } from '../domain/entry.ts';
import type { CompiledRules, FolderRules } from '../indexing/rules/compile.ts';

/** Whether a scan would leave the name out: by a rule, or because it is a library of ours. */
export function isLeftOut(rules: CompiledRules, name: string, type: number, within: FolderRules): boolean {
  return rules.leaveOut(name, type, within) !== undefined || (type === FOLDER && name.endsWith('.sdlibrary'));
}
