import type { PerformanceSetting } from '../domain/settings.ts';
import { asSdError } from '../errors.ts';
import { PaceSetter } from '../pace.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Power } from '../ports/power.ts';
import type { Workers } from '../ports/workers.ts';
import { type PerformanceLimits, limitsOf } from './limits.ts';

/** How often it is looked where the power comes from. */
const POWER_INTERVAL_MS = 60_000;

export interface PerformanceParts {
  readonly workers: Workers;
  /** Absent where it cannot be told. */
  readonly power: Power | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly setting: () => PerformanceSetting;
}

/** What holds, and why. */
export interface PerformanceStatus {
  readonly setting: PerformanceSetting;
  readonly effective: PerformanceSetting;
  readonly reason: 'setting' | 'on battery';
}

/** How much of the machine background work may take now: as the user set it, and gently on battery. */
export class PerformanceService {
  /** Background threads give way to what is answered through it. */
  readonly pace = new PaceSetter();
  /** The threads of the machine, within the limits. */
  readonly workers: Workers;
  readonly #parts: PerformanceParts;
  readonly #listeners: (() => void)[] = [];
  #onBattery = false;
  #effective: PerformanceSetting;
  #cancelLook: (() => void) | undefined;
  #stopped = false;

  constructor(parts: PerformanceParts) {
    this.#parts = parts;
    this.#effective = parts.setting();
    this.pace.cachePercent = this.limits.cachePercent;
    this.workers = this.#within(parts.workers);
  }

  /** Looks where the power comes from, now and from now on. */
  async start(): Promise<void> {
    await this.#look();
  }
  stop(): void {
    this.#stopped = true;
    this.#cancelLook?.();
  }

  get limits(): PerformanceLimits {
    return limitsOf(this.#effective, this.#parts.workers.threads());
  }

  status(): PerformanceStatus {
    const setting = this.#parts.setting();
    const reason = this.#onBattery && setting !== 'gentle' ? 'on battery' : 'setting';
    return { setting, effective: this.#effective, reason };
  }

  /** Calls when other limits hold than before. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** To be called when the setting may have changed. */
  settingChanged(): void {
    const effective = this.#onBattery ? 'gentle' : this.#parts.setting();
    if (effective === this.#effective) return;
    this.#effective = effective;
    this.pace.cachePercent = this.limits.cachePercent;
    this.#parts.log.info('background work takes another share of the machine', { ...this.status(), ...this.limits });
    for (const listener of this.#listeners) listener();
  }

  async #look(): Promise<void> {
    const { power, clock, log } = this.#parts;
    if (!power) return;
    try {
      this.#onBattery = (await power.onBattery()) ?? false;
    } catch (error) {
      log.warn('it cannot be told where the power comes from', { error: asSdError(error).message });
    }
    if (this.#stopped) return;
    this.settingChanged();
    this.#cancelLook = clock.after(POWER_INTERVAL_MS, () => void this.#look());
  }

  #within(workers: Workers): Workers {
    return {
      threads: () => this.limits.threads,
      spawn: (role, options = {}) => {
        const background = options.background === true || options.isolated !== undefined;
        if (!background) return workers.spawn(role, options);
        const { niceness } = this.limits;
        return workers.spawn(role, {
          niceness,
          ...(options.isolated ? {} : { pace: this.pace.memory }),
          ...options,
        });
      },
    };
  }
}
