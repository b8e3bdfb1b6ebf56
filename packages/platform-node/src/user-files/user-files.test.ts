import { userFilesAcceptance } from '@sd/core/testing/acceptance/user-files.ts';
import { nodeUserFiles } from './user-files.ts';

userFilesAcceptance('Node', nodeUserFiles);
