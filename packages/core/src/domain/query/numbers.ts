import type { NumberKey } from './query.ts';

/** How numbers of one key are written: the number that a text names, and how fine it is. */
interface Notation {
  /** `step`: the least that the text can tell apart; `undefined`: it names no number. */
  read(text: string): { readonly value: number; readonly step: number } | undefined;
  write(value: number): string;
  readonly most: number;
}

const BYTES: Readonly<Record<string, number>> = {
  tib: 2 ** 40,
  gib: 2 ** 30,
  mib: 2 ** 20,
  kib: 2 ** 10,
  tb: 1e12,
  gb: 1e9,
  mb: 1e6,
  kb: 1e3,
  b: 1,
};
const MILLISECONDS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
const LONGER_UNITS: Readonly<Record<string, string>> = {
  min: 'm',
  minute: 'm',
  sec: 's',
  second: 's',
  hr: 'h',
  hour: 'h',
  day: 'd',
  byte: 'b',
  k: 'kb',
  m: 'mb',
  g: 'gb',
  t: 'tb',
};

const size: Notation = {
  read(text) {
    const [, digits = '', typed = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? [];
    const word = typed.toLowerCase();
    const unit = word === '' ? 1 : unitCalled(word, BYTES);
    return digits === '' || unit === undefined ? undefined : scaled(digits, unit);
  },
  write(value) {
    const [name, unit] = unitOf(value, BYTES);
    // Never without a unit: one that followed as a word would be taken for it.
    return `${value / unit}${name || 'b'}`;
  },
  most: Number.MAX_SAFE_INTEGER - 1,
};

const duration: Notation = {
  read(text) {
    const clock = /^(?:(\d{1,4}):)?(\d{1,4}):(\d{2})$/.exec(text);
    if (clock) {
      const [hours = 0, minutes = 0, seconds = 0] = clock.slice(1).map((part) => Number(part ?? 0));
      return { value: ((hours * 60 + minutes) * 60 + seconds) * 1000, step: 1000 };
    }
    if (/^\d+(\.\d+)?$/.test(text)) return scaled(text, 1000);
    let [value, step] = [0, 0];
    const typed = text.toLowerCase().replace(/\s/g, '');
    const parts = typed.match(/\d+(?:\.\d+)?[a-z]+/g) ?? [];
    if (parts.join('') !== typed || parts.length === 0) return undefined;
    for (const part of parts) {
      const [, digits = '', word = ''] = /^([\d.]+)([a-z]+)$/.exec(part) ?? [];
      const unit = unitCalled(word, MILLISECONDS);
      const read = unit === undefined ? undefined : scaled(digits, unit);
      if (!read) return undefined;
      value += read.value;
      step = read.step;
    }
    return { value, step };
  },
  write(value) {
    let left = value;
    const parts = Object.entries(MILLISECONDS).map(([name, unit]) => {
      const count = Math.floor(left / unit);
      left -= count * unit;
      return count > 0 ? `${count}${name}` : '';
    });
    return parts.join('') || '0s';
  },
  most: 1e13,
};

const pixels: Notation = {
  read: (text) => whole(/^(\d+)(?:px)?$/i.exec(text)?.[1]),
  write: String,
  most: 2 ** 31,
};
const stars: Notation = { read: (text) => whole(/^\d$/.exec(text)?.[0]), write: String, most: 5 };

export const NOTATIONS: Readonly<Record<NumberKey, Notation>> = {
  size,
  duration,
  rating: stars,
  width: pixels,
  height: pixels,
};

/** A number with decimals of a unit, rounded to whole ones; what it leaves out is up to one step. */
function scaled(digits: string, unit: number): { value: number; step: number } {
  const decimals = digits.split('.')[1]?.length ?? 0;
  return { value: Math.round(Number(digits) * unit), step: Math.max(1, Math.round(unit / 10 ** decimals)) };
}
function whole(digits: string | undefined): { value: number; step: number } | undefined {
  return digits === undefined ? undefined : { value: Number(digits), step: 1 };
}

/** Also by a longer word, in the plural too. */
function unitCalled(word: string, units: Readonly<Record<string, number>>): number | undefined {
  return units[word] ?? units[LONGER_UNITS[word] ?? ''] ?? units[LONGER_UNITS[word.replace(/s$/, '')] ?? ''];
}

/** The largest unit of which the value is a whole number. */
function unitOf(value: number, units: Readonly<Record<string, number>>): [name: string, unit: number] {
  return Object.entries(units).find(([, unit]) => value >= unit && value % unit === 0) ?? ['', 1];
}
