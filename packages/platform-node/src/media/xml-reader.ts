import { SaxesParser } from 'saxes';
import { Unreadable } from './document.ts';

/** What a reader does with the elements of a document. Names are local ones: without a prefix. */
export interface XmlHandlers {
  open?(name: string, attribute: (name: string) => string | undefined): void;
  close?(name: string): void;
  text?(text: string): void;
  /** Asked between two chunks: no need to read on. */
  enough?(): boolean;
}

const DEEPEST = 500;
/** Bytes without an event: a name, an attribute or a text that long is held in memory until it ends. */
const LONGEST_TOKEN = 8 << 20;

/**
 * Goes through an XML document as it comes. Nothing in it is expanded but the five entities of XML and character
 * references: another entity, declared or not, is an error. Throws `Unreadable` where it is not well-formed.
 */
export async function readXml(chunks: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  let quiet = 0;
  parser.on('error', (error) => {
    throw new Unreadable(`its XML is not well-formed: ${error.message}`);
  });
  parser.on('opentag', (tag) => {
    quiet = 0;
    if (!tag.isSelfClosing && ++depth > DEEPEST) throw new Unreadable(`its XML is nested more than ${DEEPEST} deep`);
    handlers.open?.(localName(tag.name), (name) => attributeOf(tag.attributes, name));
    if (tag.isSelfClosing) handlers.close?.(localName(tag.name));
  });
  parser.on('closetag', (tag) => {
    quiet = 0;
    if (tag.isSelfClosing) return;
    depth--;
    handlers.close?.(localName(tag.name));
  });
  const text = (part: string): void => {
    quiet = 0;
    handlers.text?.(part);
  };
  parser.on('text', text);
  parser.on('cdata', text);
  let decoder: TextDecoder | undefined;
  for await (const chunk of chunks) {
    decoder ??= decoderFor(chunk);
    quiet += chunk.length;
    if (quiet > LONGEST_TOKEN) throw new Unreadable('its XML has a piece of more than 8 MiB');
    parser.write(decoder.decode(chunk, { stream: true }));
    if (handlers.enough?.()) return;
  }
  if (!decoder) throw new Unreadable('its XML is empty');
  parser.write(decoder.decode());
  parser.close();
}

/** By its byte order mark; without one it is UTF-8. */
function decoderFor([first, second]: Uint8Array): TextDecoder {
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le');
  return new TextDecoder(first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8');
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function attributeOf(attributes: Record<string, string>, wanted: string): string | undefined {
  for (const name in attributes) if (localName(name) === wanted) return attributes[name];
  return undefined;
}
