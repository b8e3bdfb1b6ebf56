import { SdError } from '../../errors.ts';
import { type XmlElement, parseXml } from './xml.ts';

export const NAMESPACES = {
  x: 'adobe:ns:meta/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  dc: 'http://purl.org/dc/elements/1.1/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  lr: 'http://ns.adobe.com/lightroom/1.0/',
  digiKam: 'http://www.digikam.org/ns/1.0/',
} as const;
export type Prefix = keyof typeof NAMESPACES;

/** What travels in a sidecar. */
export interface XmpFacts {
  /** `dc:subject`. */
  readonly subjects: readonly string[];
  /** `lr:hierarchicalSubject` and `digiKam:TagsList`, each path once: the names from the top down. */
  readonly hierarchies: readonly (readonly string[])[];
  /** `xmp:Rating`, 0 to 5; -1 (rejected) is read as none. */
  readonly rating?: number;
  /** `dc:description`, of the default language. */
  readonly description?: string;
}

/** A sidecar as it stands in its text. */
export interface Sidecar {
  readonly text: string;
  /** `rdf:Description` elements, each with what its prefixes mean. */
  readonly descriptions: readonly { readonly element: XmlElement; readonly scope: Scope }[];
}
type Scope = ReadonlyMap<string, string>;

const MOST_VALUES = 10_000;

/** Throws `CORRUPT` where it is no XMP. */
export function parseSidecar(text: string): Sidecar {
  const descriptions: { element: XmlElement; scope: Scope }[] = [];
  const visit = (element: XmlElement, outer: Scope): void => {
    const scope = scopeOf(element, outer);
    if (is(element.name, scope, 'rdf', 'RDF')) {
      for (const child of element.children) {
        const inner = scopeOf(child, scope);
        if (is(child.name, inner, 'rdf', 'Description')) descriptions.push({ element: child, scope: inner });
      }
    } else for (const child of element.children) visit(child, scope);
  };
  visit(parseXml(text), new Map());
  if (descriptions.length === 0) throw new SdError('CORRUPT', 'it is no XMP: there is no rdf:Description');
  return { text, descriptions };
}

export function factsOfSidecar(sidecar: Sidecar): XmpFacts {
  const rating = Number(simple(sidecar, 'xmp', 'Rating') ?? Number.NaN);
  const description = ofDefaultLanguage(sidecar, 'dc', 'description');
  return {
    subjects: valuesOf(sidecar, 'dc', 'subject'),
    hierarchies: hierarchiesOf(sidecar),
    ...(Number.isFinite(rating) && rating >= 0 ? { rating: Math.min(5, Math.round(rating)) } : {}),
    ...(description ? { description } : {}),
  };
}

/** Lightroom, darktable and most others part the names with a bar, digiKam with a slash. */
function hierarchiesOf(sidecar: Sidecar): string[][] {
  const paths = [
    ...valuesOf(sidecar, 'lr', 'hierarchicalSubject').map((path) => path.split('|')),
    ...valuesOf(sidecar, 'digiKam', 'TagsList').map((path) => path.split('/')),
  ];
  const named = paths.map((names) => names.map((name) => name.trim()).filter((name) => name !== ''));
  return [...new Map(named.map((names) => [names.join('\n'), names])).values()].filter((names) => names.length > 0);
}

/** Of a text in several languages the default one; else the first. */
function ofDefaultLanguage(sidecar: Sidecar, prefix: Prefix, name: string): string | undefined {
  const items = elementsOf(sidecar, prefix, name).flatMap(({ element }) =>
    element.children.flatMap((list) => list.children),
  );
  const chosen = items.find(({ attributes }) =>
    attributes.some((attribute) => attribute.name === 'xml:lang' && attribute.value === 'x-default'),
  );
  return chosen?.text.trim() || valuesOf(sidecar, prefix, name)[0];
}

/** The elements of a property, with what their prefixes mean. */
export function elementsOf(
  { descriptions }: Sidecar,
  prefix: Prefix,
  name: string,
): { element: XmlElement; scope: Scope }[] {
  return descriptions.flatMap(({ element, scope }) =>
    element.children.flatMap((child) => {
      const inner = scopeOf(child, scope);
      return is(child.name, inner, prefix, name) ? [{ element: child, scope: inner }] : [];
    }),
  );
}

/** A property with one plain value: an attribute, or an element. */
function simple(sidecar: Sidecar, prefix: Prefix, name: string): string | undefined {
  for (const { element, scope } of sidecar.descriptions)
    for (const attribute of element.attributes) if (is(attribute.name, scope, prefix, name)) return attribute.value;
  return elementsOf(sidecar, prefix, name)[0]?.element.text.trim();
}

/** The values of a list: the items, or the one value where it was written plainly. */
export function valuesOf(sidecar: Sidecar, prefix: Prefix, name: string): string[] {
  const values: string[] = [];
  for (const { element, scope } of elementsOf(sidecar, prefix, name)) {
    const items = element.children.flatMap((list) => list.children.filter((item) => is(item.name, scope, 'rdf', 'li')));
    for (const { text } of items.length > 0 ? items : [element]) {
      const value = text.trim();
      if (value !== '' && values.length < MOST_VALUES) values.push(value);
    }
  }
  if (values.length > 0) return values;
  const plain = simple(sidecar, prefix, name);
  return plain ? [plain] : [];
}

export function is(written: string, scope: Scope, prefix: Prefix, name: string): boolean {
  const [before = '', after] = written.split(':');
  return after === name && scope.get(before) === NAMESPACES[prefix];
}

function scopeOf({ attributes }: XmlElement, outer: Scope): Scope {
  const declared = attributes.filter(({ name }) => name.startsWith('xmlns:'));
  if (declared.length === 0) return outer;
  return new Map([...outer, ...declared.map(({ name, value }) => [name.slice('xmlns:'.length), value] as const)]);
}
