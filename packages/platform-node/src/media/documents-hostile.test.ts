import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { createGzip, gzipSync } from 'node:zlib';
import type { MediaOutcome } from '@sd/core/ports/media.ts';
import { docxOf, epubOf } from '@sd/core/testing/documents/office.ts';
import { pdfOf, pdfWithPages, stream } from '@sd/core/testing/documents/pdf.ts';
import { zipNaming, zipOf } from '@sd/core/testing/documents/zip.ts';
import { nodeMedia } from './media.ts';

const folder = mkdtempSync(join(tmpdir(), 'sd-hostile-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const MIB = 1 << 20;
/** What may be unpacked here is little, so that the files need not be large to go over it. */
const LIMITS = { pixels: 1e8, fileBytes: 64 * MIB, unpackedBytes: 4 * MIB, textLength: MIB, seconds: 30 };

function readPath(path: string, name: string): Promise<MediaOutcome> {
  return nodeMedia.read({ path, name, size: 1, wants: ['facts', 'thumbnails', 'text'], limits: LIMITS });
}
function read(name: string, bytes: Uint8Array | string): Promise<MediaOutcome> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return readPath(path, name);
}
function whyNoText({ text, problems }: MediaOutcome): string {
  assert.equal(text, undefined);
  return problems.find(({ want }) => want === 'text')?.reason ?? 'no reason';
}
const part = (xml: string) => [{ name: 'word/document.xml', bytes: xml }];

test('what unpacks to more than it may', async () => {
  const comment = `<w:document><!--${' '.repeat(64 * MIB)}--></w:document>`;
  assert.equal(whyNoText(await read('a.docx', zipOf(part(comment)))), 'it unpacks to more than 4 MiB');
  const lies = zipOf([{ name: 'word/document.xml', bytes: comment, claims: 10 }]);
  assert.match(whyNoText(await read('lies.docx', lies)), /unpacks to more|damaged/);
  const attribute = `<w:document a="${'x'.repeat(64 * MIB)}"/>`;
  assert.equal(whyNoText(await read('b.docx', zipOf(part(attribute)))), 'it unpacks to more than 4 MiB');
  const chapter = `<p>${'&nbsp;'.repeat(4 * MIB)}`;
  assert.match(whyNoText(await read('c.epub', epubOf([chapter]))), /unpacks to more|no reason/);
});

test('archives in archives are only listed', async () => {
  let nested = zipOf([{ name: 'zeros', bytes: Buffer.alloc(16 * MIB) }]);
  for (let depth = 0; depth < 5; depth++)
    nested = zipOf(Array.from({ length: 16 }, (_, at) => ({ name: `lib ${at}.zip`, bytes: nested })));
  const { text, facts } = await read('42.zip', nested);
  assert.equal(text?.split('\n').length, 16);
  assert.equal(facts?.['entries'], 16);
});

test('entities are not expanded', async () => {
  const laughs = Array.from({ length: 10 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('');
  const bomb = `<!DOCTYPE w:document [<!ENTITY l0 "lol">${laughs}]><w:document><w:t>&l10;</w:t></w:document>`;
  assert.match(whyNoText(await read('laughs.docx', zipOf(part(bomb)))), /not well-formed: .*entity/);
  const outside =
    '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document><w:t>&x;</w:t></w:document>';
  assert.match(whyNoText(await read('outside.docx', zipOf(part(outside)))), /not well-formed: .*entity/);
});

test('elements nested without end', async () => {
  const deep = `<w:document>${'<w:p>'.repeat(100_000)}`;
  assert.equal(whyNoText(await read('deep.docx', zipOf(part(deep)))), 'its XML is nested more than 500 deep');
});

test('a million entries, of which the first are listed', async () => {
  const { facts, text } = await read('million.zip', zipNaming('file', 1_000_000));
  assert.deepEqual([facts?.['entries'], facts?.['listed']], [1_000_000, 20_000]);
  assert.ok((text?.length ?? 0) > 1000);
});

test('archives that are cut off', async () => {
  const whole = docxOf(['some text that is there']);
  for (const length of [4, 100, whole.length - 10, whole.length - 60])
    assert.match(whyNoText(await read('cut.docx', whole.subarray(0, length))), /damaged|not text/);
  const turned = Buffer.from(whole);
  turned.fill(0xee, 60, 300);
  assert.match(whyNoText(await read('turned.docx', turned)), /damaged|no document|not well-formed/);
});

test('a tape archive that unpacks without end is listed as far as it may', async () => {
  const header = Buffer.alloc(512);
  header.write('endless');
  header.write('77777777777\0', 124);
  header.write('ustar\x0000', 257);
  header.write('        0', 148);
  let sum = 0;
  for (const byte of header) sum += byte;
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const zip = createGzip();
  zip.write(header);
  for (let at = 0; at < 64; at++) zip.write(Buffer.alloc(MIB));
  zip.end();
  const bytes = await buffer(zip);
  const { text, facts } = await read('bomb.tgz', bytes);
  assert.equal(text, 'endless');
  assert.equal(facts?.['listed'], 1);
  assert.match(whyNoText(await read('zeros.tgz', gzipSync(Buffer.alloc(16 * MIB)))), /unpacks to more|no reason/);
});

test('PDFs that lead in circles, have no end or no size', async () => {
  const catalog = '<< /Type /Catalog /Pages 2 0 R >>';
  const itself = pdfOf([catalog, '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>']);
  const circle = await read('circle.pdf', itself);
  assert.equal(circle.text, undefined);

  const page =
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99999999 1] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>';
  const recursive = (times: number): Buffer => {
    const dictionary = '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>';
    const form = stream('/X Do '.repeat(times), dictionary);
    return pdfOf([catalog, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', page, stream('/X Do'), form]);
  };
  assert.equal((await read('recursive.pdf', recursive(1))).facts?.['pages'], 1);
  // Each level has three of the next: this takes all the memory there is for it, and the one after it starts afresh.
  assert.match(whyNoText(await read('explosive.pdf', recursive(3))), /cannot be read/);

  const many = await read('many.pdf', pdfWithPages(Array.from({ length: 20_000 }, (_, at) => `page ${at}`)));
  assert.equal(many.facts?.['pages'], 20_000);
  assert.match(many.text ?? '', /^page 0\s+page 1\s/);

  const boxes = await read('box.pdf', pdfWithPages(['huge'], '-1e38 -1e38 1e38 1e38'));
  assert.ok(boxes.images?.length === 2 || boxes.problems.some(({ want }) => want === 'thumbnails'));

  const claims = pdfOf([catalog, '<< /Type /Pages /Kids [] /Count 2000000000 >>']);
  assert.equal((await read('claims.pdf', claims)).text, undefined);
  assert.match(whyNoText(await read('cut.pdf', pdfWithPages(['x']).subarray(0, 40))), /damaged/);
});

test('text that is none', async () => {
  assert.match(whyNoText(await read('a.txt', Buffer.from([0x41, 0x00, 0x42]))), /not text/);
  assert.match(whyNoText(await read('b.txt', Buffer.alloc(1000, 0x07))), /not text/);
  const invalid = await read(
    'c.txt',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('a\ud800b', 'utf16le'), Buffer.from([0x41])]),
  );
  assert.ok(invalid.text?.isWellFormed());
  const sparse = join(folder, 'sparse.txt');
  writeFileSync(sparse, 'a beginning\n');
  truncateSync(sparse, 4 * 1024 * MIB);
  assert.match(whyNoText(await readPath(sparse, 'sparse.txt')), /not text/);
});

test('what is no regular file is not opened', async () => {
  await assert.rejects(readPath('/dev/zero', 'zero.txt'), { code: 'NOT_READABLE' });
  const pipe = join(folder, 'pipe.txt');
  execFileSync('mkfifo', [pipe]);
  await assert.rejects(readPath(pipe, 'pipe.txt'), { code: 'NOT_READABLE' });
  const link = join(folder, 'link.txt');
  symlinkSync('/etc/hostname', link);
  await assert.rejects(readPath(link, 'link.txt'));
});

test('markup without an end is gone through once', async () => {
  for (const bomb of ['<', '<!--', '<script>', '<a b="', '&#']) {
    const { problems } = await read('bomb.html', bomb.repeat(MIB));
    assert.deepEqual(
      problems.filter(({ broken }) => broken),
      [],
    );
  }
  await read('bomb.rtf', `{\\rtf1${'{'.repeat(MIB)}`);
  await read('words.rtf', `{\\rtf1${'\\*'.repeat(MIB)}`);
});
