import type { Sd } from '../sd.ts';
import type { Daemon } from './daemon.ts';
export function connect(_sd: Sd, _start: boolean): Promise<Daemon> { throw new Error('not yet'); }
