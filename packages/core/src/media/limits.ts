import type { MediaLimits } from '../ports/media.ts';

/** What one file may cost, whatever it is. */
export const FILE_LIMITS: MediaLimits = {
  pixels: 268_402_689,
  fileBytes: 512 * 2 ** 20,
  unpackedBytes: 256 * 2 ** 20,
  textLength: 2 ** 20,
  seconds: 30,
};

/** Of one process; a picture of the most pixels there may be, decoded whole, does not fit twice. */
export const PROCESS_MEMORY_MIB = 1_200;
