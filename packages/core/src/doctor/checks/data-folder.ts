import { showNative } from '../../domain/native-path.ts';
import { ok, problem } from '../finding.ts';
import type { Check } from '../world.ts';

/** Whoever can look into the data folder can connect, and has the keys that lie in files. */
export const dataFolder: Check = {
  name: 'data folder',
  run({ files, dataFolder: path }) {
    const shown = showNative(path);
    if (files.isPrivate(path) === false)
      return [problem('data folder', `${shown} can be looked into by others`, `chmod 700 ${shown}`)];
    return [ok('data folder', shown)];
  },
};
