import { constants } from 'node:fs';

const { O_CREAT, O_EXCL, O_NOFOLLOW } = constants;

/** Opens what is not there: never what has taken the name meanwhile, a link included. */
export const NEW_FILE = O_CREAT | O_EXCL | (O_NOFOLLOW ?? 0);
