// Every native module loads on this platform and does its work: an installation without a compiler has to suffice.
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { root } from '../lib/paths.mjs';

/** As the adapters see them. */
const load = createRequire(join(root, 'packages', 'platform-node', 'package.json'));

/** @type {Record<string, () => void | Promise<void>>} */
const MODULES = {
  'better-sqlite3-multiple-ciphers': () => {
    const Database = load('better-sqlite3-multiple-ciphers');
    const db = new Database(':memory:');
    db.pragma("cipher='aegis'");
    expect(db.prepare('SELECT 6 * 7 AS answer').get().answer, 42);
    db.exec("CREATE VIRTUAL TABLE names USING fts5(name, tokenize = 'trigram', detail = none)");
    db.close();
  },
  '@napi-rs/blake-hash': () => {
    const { blake3 } = load('@napi-rs/blake-hash');
    const ofNothing = 'af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262';
    expect(blake3(Buffer.alloc(0)).toString('hex'), ofNothing);
  },
  '@napi-rs/keyring': () => {
    // Whether there is a keychain is the machine's affair; that the module answers at all is ours.
    expect(typeof load('@napi-rs/keyring').Entry, 'function');
  },
  koffi: () => {
    // Of this process's own C library.
    expect(load('koffi').load(null).func('int abs(int)')(-42), 42);
  },
  sharp: async () => {
    const sharp = load('sharp');
    const red = { create: { width: 8, height: 4, channels: 3, background: '#f00' } };
    const webp = await sharp(await sharp(red).avif().toBuffer())
      .webp()
      .toBuffer();
    expect((await sharp(webp).metadata()).width, 8);
  },
  'libheif, for heic-decode': async () => {
    const answer = await load('heic-decode')({ buffer: Buffer.from('no picture') }).catch(
      (/** @type {Error} */ error) => error.message,
    );
    expect(answer, 'input buffer is not a HEIC image');
  },
  '@hyzyla/pdfium': async () => {
    const library = await load('@hyzyla/pdfium').PDFiumLibrary.init();
    expect(typeof library.loadDocument, 'function');
    library.destroy();
  },
};

/** @param {unknown} actual @param {unknown} expected */
function expect(actual, expected) {
  if (actual !== expected) throw new Error(`answered ${String(actual)} instead of ${String(expected)}`);
}

for (const [name, use] of Object.entries(MODULES)) {
  try {
    await use();
    process.stdout.write(`${name} works\n`);
  } catch (error) {
    process.exitCode = 1;
    process.stdout.write(`${name} fails: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
