import { readFileSync, readdirSync } from 'node:fs';
import type { Power } from '@sd/core/ports/power.ts';

const SUPPLIES = '/sys/class/power_supply';

export const nodePower: Power = process.platform === 'linux' ? linuxPower(SUPPLIES) : otherPower();

/** The kernel lists each supply as a folder of small files; `supplies` is where. */
export function linuxPower(supplies: string): Power {
  return { onBattery: async () => onBattery(suppliesIn(supplies)) };
}

interface Supply {
  readonly type: string;
  /** `Device`: the battery of a mouse, say. */
  readonly scope: string;
  readonly online: string;
  readonly status: string;
}

function suppliesIn(folder: string): Supply[] {
  const names = (): string[] => {
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  };
  const read = (name: string, file: string): string => {
    try {
      return readFileSync(`${folder}/${name}/${file}`, 'utf8').trim();
    } catch {
      return '';
    }
  };
  return names().map((name) => ({
    type: read(name, 'type'),
    scope: read(name, 'scope'),
    online: read(name, 'online'),
    status: read(name, 'status'),
  }));
}

function onBattery(supplies: readonly Supply[]): boolean | undefined {
  const ofMachine = supplies.filter(({ scope }) => scope !== 'Device');
  const batteries = ofMachine.filter(({ type }) => type === 'Battery');
  if (batteries.length === 0) return undefined;
  // A battery may be said to discharge for a moment with the plug in; the plug knows better.
  if (ofMachine.some(({ type, online }) => type !== 'Battery' && online === '1')) return false;
  return batteries.some(({ status }) => status === 'Discharging');
}

/** Through a library that asks the system's own tools; loaded when it is first asked. */
function otherPower(): Power {
  return {
    async onBattery() {
      const { battery } = await import('systeminformation');
      const { hasBattery, acConnected, isCharging } = await battery();
      return hasBattery ? !acConnected && !isCharging : undefined;
    },
  };
}
