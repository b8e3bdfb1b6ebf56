import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { linuxPower, nodePower } from './power.ts';

/** A folder as the kernel has it, of these supplies. */
async function onBattery(supplies: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const folder = mkdtempSync(join(tmpdir(), 'sd-power-'));
  try {
    for (const [name, files] of Object.entries(supplies)) {
      mkdirSync(join(folder, name));
      for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), `${text}\n`);
    }
    return await linuxPower(folder).onBattery();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a laptop is on battery where it discharges and no plug is in', async () => {
  const BAT0 = { type: 'Battery', status: 'Discharging' };
  assert.equal(await onBattery({ BAT0 }), true);
  assert.equal(await onBattery({ BAT0, AC: { type: 'Mains', online: '0' } }), true);
  assert.equal(await onBattery({ BAT0, AC: { type: 'Mains', online: '1' } }), false);
  assert.equal(await onBattery({ BAT0, ucsi: { type: 'USB', online: '1' } }), false);
  for (const status of ['Charging', 'Full', 'Not charging', 'Unknown'])
    assert.equal(await onBattery({ BAT0: { type: 'Battery', status } }), false, status);
  assert.equal(await onBattery({ BAT0: { type: 'Battery', status: 'Full' }, BAT1: BAT0 }), true);
});

test('a machine without a battery of its own cannot be on one', async () => {
  assert.equal(await onBattery({}), undefined);
  assert.equal(await onBattery({ AC: { type: 'Mains', online: '1' } }), undefined);
  assert.equal(await onBattery({ mouse: { type: 'Battery', scope: 'Device', status: 'Discharging' } }), undefined);
  assert.equal(await linuxPower('/no/such/folder').onBattery(), undefined);
});

test('this machine answers', async () => {
  assert.ok([true, false, undefined].includes(await nodePower.onBattery()));
});
