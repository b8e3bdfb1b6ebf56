import { userFilesAcceptance } from '@sd/core/testing/acceptance/user-files.ts';
import { ANYWHERE } from '@sd/core/testing/acceptance/user-files/ground.ts';
import { nodeUserFiles } from './user-files.ts';

// Read when the first function is asked for: as where `koffi` does not load.
process.env['SD_NATIVE_CALLS'] = 'off';
userFilesAcceptance('Node alone', nodeUserFiles, {
  ...ANYWHERE,
  lacks: new Set(['attributes', 'holes']),
  blind: true,
});
