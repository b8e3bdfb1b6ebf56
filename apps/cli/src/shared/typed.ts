import { commands, groups } from '../commands/index.ts';

const WORDS = [...new Set([...commands, ...groups].map(({ name }) => name.split(' ')[0]))].join('|');
const OURS = new RegExp(`(^|[\\s"(])sd (?=(?:${WORDS})\\b)`, 'g');

/** Commands in a text as they can be typed here: in a clone, `sd` is reached through npx. */
export function asTyped(text: string, environment: NodeJS.ProcessEnv = process.env): string {
  const throughNpm = environment['npm_command'] !== undefined || environment['npm_lifecycle_event'] !== undefined;
  return throughNpm ? text.replace(OURS, '$1npx sd ') : text;
}
