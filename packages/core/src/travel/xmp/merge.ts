import {
  type Prefix,
  NAMESPACES,
  type Sidecar,
  elementsOf,
  factsOfSidecar,
  is,
  parseSidecar,
  valuesOf,
} from './properties.ts';
import { encodedXml } from './xml.ts';

/** What is to be in a sidecar. */
export interface XmpWanted {
  readonly subjects: readonly string[];
  readonly hierarchies: readonly string[];
  readonly rating?: number | undefined;
  readonly description?: string | undefined;
}

const TEMPLATE = `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="${NAMESPACES.x}">
 <rdf:RDF xmlns:rdf="${NAMESPACES.rdf}">
  <rdf:Description rdf:about="">
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
`;

export interface Merged {
  /** `undefined`: all of it is there already. */
  readonly text: string | undefined;
  /** Another description was there: it stays. */
  readonly keptDescription: boolean;
}

/**
 * The text of a sidecar with what is wanted in it. `existing` keeps everything else, byte for byte: subjects and
 * hierarchies that it has are joined by ours, its description stays if it has one, its rating gives way. Throws `CORRUPT`.
 */
export function mergedSidecar(existing: string | undefined, wanted: XmpWanted): Merged {
  const sidecar = parseSidecar(existing ?? TEMPLATE);
  const facts = factsOfSidecar(sidecar);
  const keptDescription =
    wanted.description !== undefined && facts.description !== undefined && facts.description !== wanted.description;
  const added = new Map<string, string>();
  const subjects = joined(valuesOf(sidecar, 'dc', 'subject'), wanted.subjects);
  if (subjects) added.set('dc:subject', bag('dc', 'subject', subjects));
  const hierarchies = joined(valuesOf(sidecar, 'lr', 'hierarchicalSubject'), wanted.hierarchies);
  if (hierarchies) added.set('lr:hierarchicalSubject', bag('lr', 'hierarchicalSubject', hierarchies));
  if (wanted.rating !== undefined && wanted.rating !== facts.rating)
    added.set('xmp:Rating', element('xmp', 'Rating', String(wanted.rating)));
  if (wanted.description !== undefined && facts.description === undefined)
    added.set('dc:description', element('dc', 'description', alternative(wanted.description)));
  if (added.size === 0) return { text: undefined, keptDescription };
  return { text: withProperties(sidecar, added), keptDescription };
}

/** `undefined` where nothing is new. */
function joined(there: readonly string[], wanted: readonly string[]): string[] | undefined {
  const fresh = wanted.filter((value) => !there.includes(value));
  return fresh.length > 0 ? [...there, ...fresh] : undefined;
}

/** Takes the properties out wherever they are, and writes them anew into the first description. */
function withProperties(sidecar: Sidecar, added: ReadonlyMap<string, string>): string {
  const cuts: [start: number, end: number][] = [];
  for (const qualified of added.keys()) {
    const [prefix, name] = qualified.split(':') as [Prefix, string];
    for (const { element: old } of elementsOf(sidecar, prefix, name)) cuts.push([old.start, old.end]);
    for (const { element: description, scope } of sidecar.descriptions)
      for (const attribute of description.attributes)
        if (is(attribute.name, scope, prefix, name)) cuts.push([attribute.start, attribute.end]);
  }
  const first = sidecar.descriptions[0]?.element;
  if (!first) return sidecar.text;
  const properties = [...added.values()].join('');
  const [from] = first.inside;
  // `<rdf:Description …/>` is opened; else they go to its beginning.
  const inserted = first.isEmptyTag
    ? { start: from, end: first.end, text: `>${properties}\n  </${first.name}>` }
    : { start: from, end: from, text: properties };
  const edits = [...cuts.map(([start, end]) => ({ start, end, text: '' })), inserted];
  let text = sidecar.text;
  for (const edit of edits.sort((a, b) => b.start - a.start || b.end - a.end))
    text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  return text;
}

function bag(prefix: Prefix, name: string, values: readonly string[]): string {
  const items = values.map((value) => `\n     <rdf:li>${encodedXml(value)}</rdf:li>`).join('');
  return element(prefix, name, `\n    <rdf:Bag>${items}\n    </rdf:Bag>\n   `);
}

function alternative(text: string): string {
  return `\n    <rdf:Alt>\n     <rdf:li xml:lang="x-default">${encodedXml(text)}</rdf:li>\n    </rdf:Alt>\n   `;
}

/** With what its prefixes mean, whatever the text around it calls them. */
function element(prefix: Prefix, name: string, inside: string): string {
  const rdf = inside.includes('<rdf:') ? ` xmlns:rdf="${NAMESPACES.rdf}"` : '';
  return `\n   <${prefix}:${name} xmlns:${prefix}="${NAMESPACES[prefix]}"${rdf}>${inside}</${prefix}:${name}>`;
}
