import { SdError } from '../errors.ts';
import type { UserFiles } from '../ports/user-files.ts';
import { readStringList, writeStringList } from './property-list.ts';
import type { TravelFacts } from './facts.ts';

/** What KDE and other desktops keep, and what the Finder of macOS keeps. */
const TAGS = 'user.xdg.tags';
const RATING = 'user.baloo.rating';
const COMMENT = 'user.xdg.comment';
const FINDER_TAGS = 'com.apple.metadata:_kMDItemUserTags';

export type AttributePort = Pick<UserFiles, 'readAttribute' | 'writeAttribute'>;
export type AttributeReader = Pick<UserFiles, 'readAttribute'>;

/** What a file's extended attributes say. Ratings there go to 10, ours to 5. */
export function readAttributes(port: AttributeReader, path: string): TravelFacts {
  const text = (name: string): string | undefined => {
    const value = port.readAttribute(path, name);
    return value && new TextDecoder().decode(value);
  };
  const finder = port.readAttribute(path, FINDER_TAGS);
  const rating = Number(text(RATING) ?? Number.NaN);
  const note = text(COMMENT)?.trim();
  return {
    // A tag of the Finder has its color in a second line.
    tags: unique([
      ...separated(text(TAGS)),
      ...(finder ? readStringList(finder) : []).map((tag) => tag.split('\n')[0] ?? ''),
    ]),
    paths: [],
    ...(Number.isFinite(rating) && rating > 0 ? { rating: Math.min(5, Math.ceil(rating / 2)) } : {}),
    ...(note ? { note } : {}),
  };
}

/**
 * Adds to what is there: tags that are there stay, also in the Finder; a comment stays. Answers whether anything was
 * written, and what was not. Throws `UNAVAILABLE` where the file system keeps no attributes.
 */
export function writeAttributes(
  port: AttributePort,
  path: string,
  facts: TravelFacts,
): { changed: boolean; left: string[] } {
  const there = readAttributes(port, path);
  const left: string[] = [];
  const values = new Map<string, string>();
  const commas = facts.tags.filter((tag) => tag.includes(','));
  if (commas.length > 0) left.push(`tags with a comma (${commas.join('; ')})`);
  const tags = facts.tags.filter((tag) => !tag.includes(','));
  if (tags.some((tag) => !there.tags.includes(tag))) values.set(TAGS, unique([...there.tags, ...tags]).join(','));
  if (facts.rating !== undefined && facts.rating !== (there.rating ?? 0)) values.set(RATING, String(facts.rating * 2));
  if (facts.note !== undefined && there.note === undefined) values.set(COMMENT, facts.note);
  else if (facts.note !== undefined && there.note !== facts.note) left.push('the note: there is another comment');
  for (const [name, value] of values) port.writeAttribute(path, name, new TextEncoder().encode(value));
  const inFinder = values.has(TAGS) && addFinderTags(port, path, facts.tags);
  return { changed: values.size > 0 || inFinder, left };
}

/** Only macOS takes attributes of that name. */
function addFinderTags(port: AttributePort, path: string, tags: readonly string[]): boolean {
  try {
    const bytes = port.readAttribute(path, FINDER_TAGS);
    const there = bytes ? readStringList(bytes) : [];
    const names = new Set(there.map((tag) => tag.split('\n')[0]));
    const fresh = tags.filter((tag) => !names.has(tag));
    if (fresh.length === 0) return false;
    port.writeAttribute(path, FINDER_TAGS, writeStringList([...there, ...fresh]));
    return true;
  } catch (error) {
    if (error instanceof SdError && error.code === 'UNAVAILABLE') return false;
    throw error;
  }
}

function separated(text: string | undefined): string[] {
  return (text ?? '').split(',');
}
function unique(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))];
}
