import { type ZipPart, zipOf } from './zip.ts';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const CORE =
  'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"';

const PROPERTIES: readonly ZipPart[] = [
  {
    name: 'docProps/core.xml',
    bytes: `${XML}<cp:coreProperties ${CORE}><dc:title>Letter &amp; more</dc:title><dc:creator>Ada</dc:creator></cp:coreProperties>`,
  },
  { name: 'docProps/app.xml', bytes: `${XML}<Properties><Application>Test</Application><Pages>3</Pages></Properties>` },
];

/** As word processors write it: a text may be in several runs. */
export function docxOf(paragraphs: readonly string[], more: readonly ZipPart[] = []): Buffer {
  const body = paragraphs
    .map((text) => {
      const half = Math.ceil(text.length / 2);
      const runs = [text.slice(0, half), text.slice(half)].map(
        (run) => `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">${run}</w:t></w:r>`,
      );
      return `<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr>${runs.join('')}</w:p>`;
    })
    .join('');
  return zipOf([
    { name: '[Content_Types].xml', bytes: `${XML}<Types/>` },
    ...PROPERTIES,
    { name: 'word/document.xml', bytes: `${XML}<w:document ${W}><w:body>${body}<w:sectPr/></w:body></w:document>` },
    ...more,
  ]);
}

/** A workbook with one sheet: texts are shared, numbers stand in their cells. */
export function xlsxOf(rows: readonly (readonly (string | number)[])[]): Buffer {
  const shared = [...new Set(rows.flat().filter((cell) => typeof cell === 'string'))];
  const sheet = rows
    .map(
      (row) =>
        `<row>${row.map((cell) => (typeof cell === 'number' ? `<c><v>${cell}</v></c>` : `<c t="s"><v>${shared.indexOf(cell)}</v></c>`)).join('')}</row>`,
    )
    .join('');
  return zipOf([
    ...PROPERTIES,
    {
      name: 'xl/workbook.xml',
      bytes: `${XML}<workbook><sheets><sheet name="Budget" sheetId="1"/></sheets></workbook>`,
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      bytes: `${XML}<worksheet><sheetData>${sheet}<row><c t="inlineStr"><is><t>in place</t></is></c></row></sheetData></worksheet>`,
    },
    {
      name: 'xl/sharedStrings.xml',
      bytes: `${XML}<sst>${shared.map((text) => `<si><r><t>${text}</t></r><rPh><t>ルビ</t></rPh></si>`).join('')}</sst>`,
    },
  ]);
}

/** A presentation; its tenth slide comes after its second. */
export function pptxOf(slides: readonly string[]): Buffer {
  return zipOf([
    ...PROPERTIES,
    { name: 'ppt/presentation.xml', bytes: `${XML}<p:presentation xmlns:p="p"/>` },
    ...slides.map((text, at) => ({
      name: `ppt/slides/slide${at + 1}.xml`,
      bytes: `${XML}<p:sld xmlns:p="p" xmlns:a="a"><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sld>`,
    })),
  ]);
}

export function odtOf(paragraphs: readonly string[], thumbnail?: Uint8Array): Buffer {
  const text = paragraphs.map((paragraph) => `<text:p>${paragraph}<text:tab/>end</text:p>`).join('');
  return zipOf([
    { name: 'mimetype', bytes: 'application/vnd.oasis.opendocument.text' },
    {
      name: 'content.xml',
      bytes: `${XML}<office:document-content xmlns:office="o" xmlns:text="t" xmlns:style="s"><office:automatic-styles>not text</office:automatic-styles><office:body><office:text>${text}</office:text></office:body></office:document-content>`,
    },
    {
      name: 'meta.xml',
      bytes: `${XML}<office:document-meta xmlns:office="o" xmlns:meta="m" xmlns:dc="d"><office:meta><dc:title>Minutes</dc:title><meta:initial-creator>Ada</meta:initial-creator><meta:document-statistic meta:page-count="2"/></office:meta></office:document-meta>`,
    },
    ...(thumbnail ? [{ name: 'Thumbnails/thumbnail.png', bytes: thumbnail }] : []),
  ]);
}

export function epubOf(chapters: readonly string[], cover?: Uint8Array): Buffer {
  const items = chapters
    .map((_, at) => `<item id="c${at}" href="text/chapter%20${at}.xhtml" media-type="application/xhtml+xml"/>`)
    .join('');
  return zipOf([
    { name: 'mimetype', bytes: 'application/epub+zip' },
    {
      name: 'META-INF/container.xml',
      bytes: `${XML}<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>`,
    },
    {
      name: 'OEBPS/book.opf',
      bytes: `${XML}<package><metadata xmlns:dc="d"><dc:title>A novel</dc:title><dc:creator>Ada</dc:creator></metadata><manifest>${items}<item id="cover" href="cover.png" properties="cover-image"/></manifest><spine>${chapters.map((_, at) => `<itemref idref="c${at}"/>`).join('')}</spine></package>`,
    },
    ...chapters.map((text, at) => ({
      name: `OEBPS/text/chapter ${at}.xhtml`,
      bytes: `<html><head><title>no text</title></head><body><p>${text}</p></body></html>`,
    })),
    ...(cover ? [{ name: 'OEBPS/cover.png', bytes: cover }] : []),
  ]);
}
