import { accessSync, constants, statSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { DAEMON_FILES } from '@sd/client/node/daemon-files.ts';
import { formatSize } from '../format/size.ts';
import type { DoctorFinding } from '../wire.ts';

const LEAST_FREE = 500e6;

/** What can be seen of an installation whose daemon does not answer; `reason` is why it does not. */
export function fromOutside(dataFolder: string, reason: string): DoctorFinding[] {
  const findings: DoctorFinding[] = [
    {
      check: 'daemon',
      state: 'warning',
      seen: `${reason}; this is what can be seen without it`,
      way_out: 'sd start, then sd doctor',
    },
  ];
  if (!exists(dataFolder))
    return [
      ...findings,
      { check: 'data folder', state: 'ok', seen: `${dataFolder} is not there yet: the first start makes it` },
    ];
  return [...findings, folder(dataFolder), ...secrets(dataFolder), ...leftover(dataFolder), room(dataFolder)];
}

function folder(path: string): DoctorFinding {
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return {
      check: 'data folder',
      state: 'problem',
      seen: `${path} may not be written by this user`,
      way_out: `make it yours: chown "$USER" ${path}`,
    };
  }
  return privacy('data folder', path, '700') ?? { check: 'data folder', state: 'ok', seen: path };
}

function secrets(dataFolder: string): DoctorFinding[] {
  const token = join(dataFolder, DAEMON_FILES.token);
  if (!exists(token)) return [];
  return [privacy('token', token, '600') ?? { check: 'token', state: 'ok', seen: 'only you can read it' }];
}

function leftover(dataFolder: string): DoctorFinding[] {
  const record = join(dataFolder, DAEMON_FILES.record);
  if (!exists(record)) return [];
  return [
    {
      check: 'daemon',
      state: 'warning',
      seen: `${record} says that one runs, and it does not answer: it was killed, or it hangs`,
      way_out: 'sd logs shows its last words; sd start begins anew',
    },
  ];
}

function room(path: string): DoctorFinding {
  const { bavail, bsize } = statfsSync(path);
  const free = bavail * bsize;
  const seen = `${formatSize(free)} free`;
  return free < LEAST_FREE
    ? { check: 'disk space', state: 'problem', seen, way_out: `make room on the disk of ${path}` }
    : { check: 'disk space', state: 'ok', seen };
}

function privacy(check: string, path: string, mode: string): DoctorFinding | undefined {
  if (process.platform === 'win32' || (statSync(path).mode & 0o077) === 0) return undefined;
  return { check, state: 'problem', seen: `${path} is open to others`, way_out: `chmod ${mode} ${path}` };
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
