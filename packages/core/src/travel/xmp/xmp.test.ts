import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SdError } from '../../errors.ts';
import { mergedSidecar } from './merge.ts';
import { factsOfSidecar, parseSidecar } from './properties.ts';
import { parseXml } from './xml.ts';

const LIGHTROOM = `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 5.6">
 <r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <r:Description r:about="" xmlns:xap="http://ns.adobe.com/xap/1.0/" xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"
    xmlns:d="http://purl.org/dc/elements/1.1/" xap:Rating="3" crs:Exposure2012="+0.35">
   <!-- kept -->
   <d:subject><r:Bag><r:li>Old &amp; kept</r:li></r:Bag></d:subject>
   <d:description><r:Alt><r:li xml:lang="x-default">A caption</r:li></r:Alt></d:description>
   <crs:ToneCurve><r:Seq><r:li>0, 0</r:li></r:Seq></crs:ToneCurve>
  </r:Description>
 </r:RDF>
</x:xmpmeta>`;

/** As exiftool 12.57 writes it, with what digiKam keeps beside it: one description for each namespace, one of them in two languages. */
const EXIFTOOL = `<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>
<x:xmpmeta xmlns:x='adobe:ns:meta/' x:xmptk='Image::ExifTool 12.57'>
<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>

 <rdf:Description rdf:about=''
  xmlns:crs='http://ns.adobe.com/camera-raw-settings/1.0/'>
  <crs:Exposure2012>0.35</crs:Exposure2012>
 </rdf:Description>

 <rdf:Description rdf:about=''
  xmlns:dc='http://purl.org/dc/elements/1.1/'>
  <dc:description>
   <rdf:Alt>
    <rdf:li xml:lang='de'>Ein Titel</rdf:li>
    <rdf:li xml:lang='x-default'>A caption</rdf:li>
   </rdf:Alt>
  </dc:description>
  <dc:subject>
   <rdf:Bag>
    <rdf:li>Old</rdf:li>
    <rdf:li>Café</rdf:li>
   </rdf:Bag>
  </dc:subject>
 </rdf:Description>

 <rdf:Description rdf:about=''
  xmlns:digiKam='http://www.digikam.org/ns/1.0/'>
  <digiKam:TagsList>
   <rdf:Seq>
    <rdf:li>Places/Café</rdf:li>
    <rdf:li>People/Ada</rdf:li>
   </rdf:Seq>
  </digiKam:TagsList>
 </rdf:Description>

 <rdf:Description rdf:about=''
  xmlns:lr='http://ns.adobe.com/lightroom/1.0/'>
  <lr:hierarchicalSubject>
   <rdf:Bag>
    <rdf:li>Places|Café</rdf:li>
   </rdf:Bag>
  </lr:hierarchicalSubject>
 </rdf:Description>

 <rdf:Description rdf:about=''
  xmlns:xmp='http://ns.adobe.com/xap/1.0/'>
  <xmp:Rating>3</xmp:Rating>
 </rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end='w'?>`;

const refused = (error: unknown) => error instanceof SdError && error.code === 'CORRUPT';

test('a sidecar that another program made keeps all that is its own', () => {
  const { text = '', keptDescription } = mergedSidecar(LIGHTROOM, {
    subjects: ['Old & kept', 'Café <1>'],
    hierarchies: ['Places|Café <1>'],
    rating: 5,
    description: 'Ours',
  });
  assert.equal(keptDescription, true);
  for (const kept of [
    'crs:Exposure2012="+0.35"',
    '<!-- kept -->',
    '<crs:ToneCurve><r:Seq><r:li>0, 0</r:li></r:Seq></crs:ToneCurve>',
    'x:xmptk="Adobe XMP Core 5.6"',
  ])
    assert.ok(text.includes(kept), kept);
  assert.deepEqual(factsOfSidecar(parseSidecar(text)), {
    subjects: ['Old & kept', 'Café <1>'],
    hierarchies: [['Places', 'Café <1>']],
    rating: 5,
    description: 'A caption',
  });
  assert.equal(mergedSidecar(text, { subjects: ['Café <1>'], hierarchies: [], rating: 5 }).text, undefined);
});

test('what exiftool and digiKam wrote is read, each path once, and stays', () => {
  const theirs = {
    subjects: ['Old', 'Café'],
    hierarchies: [
      ['Places', 'Café'],
      ['People', 'Ada'],
    ],
    rating: 3,
    description: 'A caption',
  };
  assert.deepEqual(factsOfSidecar(parseSidecar(EXIFTOOL)), theirs);
  const { text = '' } = mergedSidecar(EXIFTOOL, { subjects: ['Sea'], hierarchies: ['Trip|Sea'], rating: 4 });
  assert.deepEqual(factsOfSidecar(parseSidecar(text)), {
    ...theirs,
    subjects: [...theirs.subjects, 'Sea'],
    hierarchies: [
      ['Places', 'Café'],
      ['Trip', 'Sea'],
      ['People', 'Ada'],
    ],
    rating: 4,
  });
  for (const kept of ['<crs:Exposure2012>0.35<', '<rdf:li>People/Ada<', "xml:lang='de'>Ein Titel<"])
    assert.ok(text.includes(kept), kept);
});

test('a new sidecar, and one with an empty description, say what they were given', () => {
  const wanted = { subjects: ['Sea'], hierarchies: ['Trip|Sea'], rating: 4, description: 'Blue' };
  const empty =
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""/></rdf:RDF></x:xmpmeta>';
  for (const existing of [undefined, empty])
    assert.deepEqual(factsOfSidecar(parseSidecar(mergedSidecar(existing, wanted).text ?? '')), {
      subjects: ['Sea'],
      hierarchies: [['Trip', 'Sea']],
      rating: 4,
      description: 'Blue',
    });
});

test('what could blow up, or is broken, is refused', () => {
  const lol = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><x>&lol2;</x>';
  const deep = '<a>'.repeat(100_000);
  for (const text of [
    lol,
    deep,
    '<a><b></a></b>',
    '<a x=1/>',
    '<a>&foo;</a>',
    '<a>&#0;</a>',
    '<a/><b/>',
    '',
    'text',
    '<a',
    '<a x="<"/>',
    '<!--',
  ])
    assert.throws(() => parseXml(text), refused, text.slice(0, 40));
  assert.throws(() => parseSidecar('<a><b/></a>'), refused);
});

test('any text ends as an element or is refused, and any values come back as they were', () => {
  const piece = fc.constantFrom(
    '<a>',
    '</a>',
    '<b x="1"',
    '/>',
    '>',
    '&amp;',
    '&',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    'text',
    '<?x',
    '?>',
    "'",
    '"',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      try {
        parseXml(pieces.join(''));
      } catch (error) {
        assert.ok(refused(error), String(error));
      }
    }),
  );
  const word = fc
    .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
    .map((text) => text.trim())
    .filter((text) => text !== '' && !text.includes('|'));
  fc.assert(
    fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 5 }), (subjects) => {
      const { text = '' } = mergedSidecar(LIGHTROOM, { subjects, hierarchies: [] });
      for (const subject of subjects) assert.ok(factsOfSidecar(parseSidecar(text)).subjects.includes(subject));
    }),
  );
});
