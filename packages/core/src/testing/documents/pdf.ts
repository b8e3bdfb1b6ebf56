/** A PDF of the given objects, numbered from 1; the first is its catalogue. `trailer` goes into the trailer's dictionary. */
export function pdfOf(objects: readonly string[], trailer = ''): Buffer {
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const offset of offsets) text += `${String(offset).padStart(10, '0')} 00000 n \n`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

export function stream(content: string, dictionary = ''): string {
  return `<< /Length ${content.length} ${dictionary} >>\nstream\n${content}\nendstream`;
}

const FONT = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';

/** A document with one page per text, A4, of a title and an author. */
export function pdfWithPages(texts: readonly string[], box = '0 0 595 842'): Buffer {
  const first = 5;
  const kids = texts.map((_, at) => `${first + at * 2} 0 R`).join(' ');
  return pdfOf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      `<< /Type /Pages /Kids [${kids}] /Count ${texts.length} >>`,
      FONT,
      '<< /Title (The annual report) /Author (Ada) >>',
      ...texts.flatMap((text, at) => [
        `<< /Type /Page /Parent 2 0 R /MediaBox [${box}] /Resources << /Font << /F 3 0 R >> >> /Contents ${first + at * 2 + 1} 0 R >>`,
        stream(`BT /F 24 Tf 72 720 Td (${text}) Tj ET 0 0 1 rg 100 100 200 200 re f`),
      ]),
    ],
    '/Info 4 0 R',
  );
}
