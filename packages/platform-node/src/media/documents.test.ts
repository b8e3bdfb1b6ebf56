import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { MediaOutcome, MediaRequest } from '@sd/core/ports/media.ts';
import { docxOf, epubOf, odtOf, pptxOf, xlsxOf } from '@sd/core/testing/documents/office.ts';
import { pdfOf, pdfWithPages } from '@sd/core/testing/documents/pdf.ts';
import { zipOf } from '@sd/core/testing/documents/zip.ts';
import sharp from 'sharp';
import { pack } from 'tar-stream';
import { nodeMedia } from './media.ts';

const folder = mkdtempSync(join(tmpdir(), 'sd-documents-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function read(name: string, bytes: Uint8Array | string, more: Partial<MediaRequest> = {}): Promise<MediaOutcome> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const limits = { pixels: 1e8, fileBytes: 1 << 26, unpackedBytes: 1 << 26, textLength: 1 << 20, seconds: 30 };
  return nodeMedia.read({ path, name, size: bytes.length, wants: ['facts', 'thumbnails', 'text'], limits, ...more });
}
const text = async (name: string, bytes: Uint8Array | string): Promise<string | undefined> =>
  (await read(name, bytes)).text;
const reason = async (name: string, bytes: Uint8Array | string): Promise<string | undefined> =>
  (await read(name, bytes)).problems.find(({ want }) => want === 'text')?.reason;
const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 300, height: 200, channels: 3, background: '#c0ffee' } })
    .png()
    .toBuffer();

test('text in the encodings people have', async () => {
  assert.equal(await text('a.txt', 'Größe 東京 😀\n'), 'Größe 東京 😀');
  assert.equal(await text('b.txt', Buffer.from('\ufeffGröße')), 'Größe');
  assert.equal(await text('c.txt', Buffer.from('\ufeffGröße', 'utf16le')), 'Größe');
  assert.equal(await text('d.txt', Buffer.from('\ufeffGröße', 'utf16le').swap16()), 'Größe');
  assert.equal(await text('e.txt', Buffer.from('Gr\xf6\xdfe \x93quoted\x94', 'latin1')), 'Größe “quoted”');
  assert.equal(await text('f.html', Buffer.from('<meta charset="iso-8859-2"><p>\xb1', 'latin1')), 'ą');
  assert.equal(await text('empty.md', ' \n'), undefined);
});

test('only the beginning is read, and no character is cut in two', async () => {
  const limits = { pixels: 1, fileBytes: 1 << 20, unpackedBytes: 1 << 20, textLength: 100, seconds: 30 };
  for (const unit of ['x', 'ö', '東', '😀']) {
    const { text: found = '' } = await read('long.txt', unit.repeat(5000), { limits });
    assert.ok(found.length <= 100 && found.length > 90);
    assert.match(found, new RegExp(`^(?:${unit})+\ufffd?$`, 'u'));
  }
});

test('pages without what a browser does not show', async () => {
  const page = `<!DOCTYPE html><html><head><title>Tea &amp; cake</title><style>p { }</style></head>
    <body><!-- hidden --><h1>Menu</h1><p>Caf&eacute; <b>la</b>t<i>te</i> &#8364;3</p><script>if (a < b) alert("x")</script>
    5 < 6</body></html>`;
  const found = await read('menu.html', page);
  assert.equal(found.text, 'Menu\nCafé latte €3\n5 < 6');
  assert.equal(found.facts?.['title'], 'Tea & cake');
});

test('rich text', async () => {
  const rtf = String.raw`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator Word;}\f0 Gr\'f6\'dfe \u8364? \b bold\b0\par next\tab cell}`;
  assert.equal(await text('a.rtf', rtf), 'Größe € bold\nnext\tcell');
});

test('office documents with what they say of themselves', async () => {
  const docx = await read('letter.docx', docxOf(['Dear Müller &amp; Co', 'second paragraph']));
  assert.equal(docx.text, 'Dear Müller & Co\nsecond paragraph');
  assert.deepEqual(docx.facts, { format: 'docx', title: 'Letter & more', author: 'Ada', pages: 3 });

  assert.equal(
    await text(
      'b.xlsx',
      xlsxOf([
        ['Rent', 1200.5],
        ['Rent', 'paid'],
      ]),
    ),
    'Budget\nRent\t1200.5\t\nRent\tpaid\t\nin place',
  );
  const slides = Array.from({ length: 11 }, (_, at) => `slide ${at + 1}`);
  assert.equal(await text('c.pptx', pptxOf(slides)), slides.join('\n'));

  const odt = await read('d.odt', odtOf(['first', 'second'], await picture()));
  assert.equal(odt.text, 'first\tend\nsecond\tend');
  assert.deepEqual([odt.facts?.['title'], odt.facts?.['author'], odt.facts?.['pages']], ['Minutes', 'Ada', 2]);
  assert.deepEqual(
    odt.images?.map(({ kind }) => kind),
    ['thumbnail_256', 'thumbnail_1024'],
  );
});

test('a book in reading order, with its cover', async () => {
  const book = await read('novel.epub', epubOf(['It was a dark&nbsp;night', 'The end'], await picture()));
  assert.equal(book.text, 'It was a dark night\nThe end');
  assert.equal(book.facts?.['title'], 'A novel');
  assert.equal(book.images?.length, 2);
});

test('PDF: text over pages, its first page as a picture', async () => {
  const pdf = await read('report.pdf', pdfWithPages(['Hello PDF', 'second page']));
  assert.equal(pdf.text?.replaceAll(/\s+/g, ' '), 'Hello PDF second page');
  const { title, author, pages } = pdf.facts ?? {};
  assert.deepEqual({ title, author, pages }, { title: 'The annual report', author: 'Ada', pages: 2 });
  const large = pdf.images?.find(({ kind }) => kind === 'thumbnail_1024');
  const drawn = sharp(large?.bytes);
  const { width, height } = await drawn.metadata();
  assert.deepEqual([width, height], [724, 1024], 'A4 stands upright');
  const [red = 0, , blue = 0] = await drawn.extract({ left: 240, top: 780, width: 1, height: 1 }).raw().toBuffer();
  assert.ok(blue > 240 && red < 20, 'the blue square is where it belongs, in its colour');
});

test('a PDF with a password says so', async () => {
  const key = `(${'x'.repeat(32)})`;
  const locked = pdfOf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [] /Count 0 >>',
      `<< /Filter /Standard /V 1 /R 2 /O ${key} /U ${key} /P -4 >>`,
    ],
    `/Encrypt 3 0 R /ID [${key} ${key}]`,
  );
  assert.equal(await reason('locked.pdf', locked), 'it is encrypted: it needs a password');
});

test('archives are listed, never unpacked', async () => {
  const zip = await read(
    'a.zip',
    zipOf([
      { name: 'photos/räd.jpg', bytes: 'x' },
      { name: '../../etc/passwd', bytes: 'four' },
    ]),
  );
  assert.equal(zip.text, 'photos/räd.jpg\n../../etc/passwd');
  assert.deepEqual([zip.facts?.['entries'], zip.facts?.['unpacked_bytes']], [2, 5]);

  const tar = pack();
  tar.entry({ name: 'docs/readme.md' }, 'hello');
  tar.entry({ name: `${'long/'.repeat(40)}name` }, '');
  tar.finalize();
  const bytes = await buffer(tar as AsyncIterable<Buffer>);
  for (const [name, packed] of [
    ['a.tar', bytes],
    ['a.tgz', gzipSync(bytes)],
  ] as const) {
    const found = await read(name, packed);
    assert.equal(found.text, `docs/readme.md\n${'long/'.repeat(40)}name`);
    assert.deepEqual([found.facts?.['entries'], found.facts?.['listed']], [2, undefined]);
  }
  assert.equal(await reason('a.rar', 'Rar!\x1a\x07\x00'), 'archives of the format rar cannot be listed');
});
