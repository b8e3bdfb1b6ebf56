import { spawn } from 'node:child_process';

/** @import { SpawnOptions } from 'node:child_process' */

/**
 * Runs a program on this terminal and waits for its end. An interrupt from the terminal reaches it by itself and it
 * decides what to do, so that ours only has to outlive it.
 * @param {string} file
 * @param {string[]} args
 * @param {SpawnOptions} [options]
 * @returns {Promise<number>} its exit code; 128 + signal number if a signal ended it, as shells say it
 */
export function run(file, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'inherit', windowsHide: true, ...options });
    const outlive = () => {};
    const pass = () => child.kill('SIGTERM');
    process.on('SIGINT', outlive).on('SIGTERM', pass);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('SIGINT', outlive).off('SIGTERM', pass);
      resolve(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 137));
    });
  });
}

/**
 * Like run, but keeps what it prints instead of showing it.
 * @param {string} file
 * @param {string[]} args
 * @param {SpawnOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} output: stdout and stderr in order
 */
export async function capture(file, args, options = {}) {
  /** @type {Buffer[]} */
  const chunks = [];
  const code = await new Promise((resolve, reject) => {
    const child = spawn(file, args, { windowsHide: true, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (status) => resolve(status ?? 137));
  });
  return { code, output: Buffer.concat(chunks).toString() };
}
