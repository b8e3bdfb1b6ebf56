import { Unreadable } from './document.ts';
import { decodeText } from './text-decoding.ts';

/** What may be referred to: a part of the drawing itself, or a picture that lies in it. */
const INSIDE = String.raw`\s*(?:#|data:image/(?:png|jpe?g|gif|webp)[;,])`;
const REFERENCE = new RegExp(
  String.raw`\s(?:[\w-]+:)?(?:href|src|base)\s*=\s*(?:"(?!${INSIDE})[^"]*"|'(?!${INSIDE})[^']*')`,
  'gi',
);
const STYLE_REFERENCE = new RegExp(String.raw`url\(\s*["']?(?!${INSIDE})[^)]*\)`, 'gi');
const IMPORT = /@import[^;]*;?/gi;
const INCLUDE = /<\/?(?:[\w-]+:)?(?:include|script|foreignObject)\b[^>]*>/gi;
const DECLARATION = /^\s*<\?xml[^>]*\?>/;
const STYLESHEET = /<\?xml-stylesheet[^>]*\?>/gi;
const DOCTYPE = /<!DOCTYPE[^[>]*>/gi;

/**
 * The drawing with nothing in it that refers to files or to the network. What draws it refuses those too; two locks are
 * better than one. Throws `Unreadable` for one that declares entities: they can grow without end.
 */
export function selfContained(bytes: Uint8Array): string {
  const text = decodeText(bytes, false).replace(DECLARATION, '').replaceAll(DOCTYPE, '');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new Unreadable('it declares entities, which drawings have no need of');
  return text
    .replaceAll(STYLESHEET, '')
    .replaceAll(INCLUDE, '')
    .replaceAll(IMPORT, '')
    .replaceAll(REFERENCE, '')
    .replaceAll(STYLE_REFERENCE, 'none');
}
