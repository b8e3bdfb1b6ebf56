import type { PerformanceSetting } from './domain/settings.ts';

/** What `core.status` answers: every value is measured when asked. */
export interface CoreStatus {
  readonly version: string;
  readonly protocol: number;
  /** A client has asked it to stop. */
  readonly stopping: boolean;
  readonly uptime_ms: number;
  readonly device: { readonly id: string; readonly name: string; readonly slug: string };
  readonly libraries: readonly {
    readonly id: string;
    readonly name: string;
    readonly state: string;
    readonly locations?: number;
  }[];
  readonly services: readonly {
    readonly name: string;
    readonly state: 'running' | 'stopped' | 'failed';
    readonly detail?: string;
  }[];
  readonly jobs: { readonly running: number; readonly queued: number; readonly paused: number };
  /** How much of the machine background work may take: as it was set, as it holds now, and why. */
  readonly performance: {
    readonly setting: PerformanceSetting;
    readonly effective: PerformanceSetting;
    readonly reason: 'setting' | 'on battery';
  };
  readonly sessions: number;
  readonly event_subscribers: number;
  /** Of the process, from whoever hosts the core. */
  readonly host?: Readonly<Record<string, unknown>>;
}
