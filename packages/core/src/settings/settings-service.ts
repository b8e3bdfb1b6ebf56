import { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../domain/settings.ts';
import { asSdError } from '../errors.ts';
import type { EventBus } from '../events.ts';
import type { Clock } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';
import type { Log } from '../ports/log.ts';

const SETTINGS_FILE = 'settings.json';
const MOST_BYTES = 64 * 1024;

export interface SettingsParts {
  readonly files: Files;
  readonly clock: Clock;
  readonly log: Log;
  readonly events: EventBus;
  /** Native path. */
  readonly dataFolder: string;
}

/** What is `undefined` is as by default again. */
type SettingsChanges = { readonly [Name in keyof Settings]?: Settings[Name] | undefined };

/** The settings of this installation, in the data folder. */
export class SettingsService {
  readonly #parts: SettingsParts;
  readonly #path: string;
  readonly #listeners: ((settings: Settings) => void)[] = [];
  /** What stands in the file, names that a newer version knows included: they are written back as they are. */
  #stored: Readonly<Record<string, unknown>>;

  constructor(parts: SettingsParts) {
    this.#parts = parts;
    this.#path = `${parts.dataFolder}/${SETTINGS_FILE}`;
    this.#stored = this.#read();
  }

  /** What was not set, or to something this version does not know, is as by default. */
  get(): Settings {
    const known = Object.entries(settingsSchema.shape).map(([name, schema]) => {
      const value = schema.safeParse(this.#stored[name]);
      return [name, value.success ? value.data : DEFAULT_SETTINGS[name as keyof Settings]];
    });
    return Object.fromEntries(known) as Settings;
  }

  /** Takes effect once it is on disk. Throws what the disk says. */
  update(changes: SettingsChanges): Settings {
    const stored = { ...this.#stored, ...changes };
    const text = `${JSON.stringify(stored, null, 2)}\n`;
    this.#parts.files.replaceFile(this.#path, new TextEncoder().encode(text), { private: true });
    this.#stored = stored;
    const settings = this.get();
    for (const listener of this.#listeners) listener(settings);
    this.#parts.events.publish({ resource: 'core', change: 'updated', data: { settings } });
    return settings;
  }

  onChange(listener: (settings: Settings) => void): void {
    this.#listeners.push(listener);
  }

  /** A file that cannot be read is set aside: it must not keep the daemon from starting, nor be written over. */
  #read(): Readonly<Record<string, unknown>> {
    const { files, log, clock } = this.#parts;
    if (!files.facts(this.#path)) return {};
    try {
      const value: unknown = JSON.parse(new TextDecoder().decode(files.readWhole(this.#path, MOST_BYTES)));
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
      throw new Error('it is no object');
    } catch (error) {
      const aside = `${this.#path}.unreadable-${clock.now()}`;
      log.error('the settings cannot be read; they are set aside, and all is as by default', {
        path: this.#path,
        aside,
        error: error instanceof SyntaxError ? error.message : asSdError(error).message,
      });
      files.rename(this.#path, aside);
      return {};
    }
  }
}
