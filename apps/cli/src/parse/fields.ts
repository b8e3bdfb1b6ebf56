import { usage } from '../errors.ts';

type Value = string | number | boolean | { date: number } | null;

/** Custom fields as they were typed, each `NAME=VALUE`. Nothing behind the sign takes the field away. */
export function fieldsOf(typed: readonly string[]): Record<string, Value> {
  return Object.fromEntries(
    typed.map((field) => {
      const at = field.indexOf('=');
      if (at <= 0) throw usage(`"${field}" is no field`, 'write --field NAME=VALUE');
      return [field.slice(0, at), valueOf(field.slice(at + 1))];
    }),
  );
}

function valueOf(text: string): Value {
  if (text === '') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const date = new Date(`${text}T00:00:00`).getTime();
    if (Number.isFinite(date)) return { date };
  }
  // What would not come back as it was typed (007, 1e3) is a text.
  return /^-?\d+(\.\d+)?$/.test(text) && String(Number(text)) === text ? Number(text) : text;
}
