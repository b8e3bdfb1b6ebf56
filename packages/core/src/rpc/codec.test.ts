import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FramingError, LineDecoder, encodeLine } from './codec.ts';

const json = fc.jsonValue();
/** Texts that JSON writes as they are, of one to four bytes a character, and halves of surrogate pairs. */
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom('a', 'é', '€', '😀', '\ud800', '\udcff', '\n', '\r', '"', '\\', '\u2028', '\ufeff'),
    fc.string({ minLength: 1, maxLength: 1 }),
  ),
});

/** Cuts the bytes into pieces of the given lengths, over and over. */
function* cut(bytes: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length] ?? 1;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

function readAll(decoder: LineDecoder): string[] {
  const lines: string[] = [];
  for (let line = decoder.next(); line !== undefined; line = decoder.next()) lines.push(line);
  return lines;
}

test('every message arrives whole and in order, however the bytes are cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(json, text)),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
      (values, lengths) => {
        const sent = values.map((value) => JSON.stringify(value));
        const decoder = new LineDecoder(1_000_000);
        const received: string[] = [];
        for (const chunk of cut(new TextEncoder().encode(sent.map(encodeLine).join('')), lengths)) {
          decoder.push(chunk);
          received.push(...readAll(decoder));
        }
        assert.deepEqual(received, sent);
      },
    ),
    { numRuns: 500 },
  );
});

test('chunks can be pushed ahead and pulled later', () => {
  const decoder = new LineDecoder(100);
  for (const chunk of cut(new TextEncoder().encode('one\ntwo\nthr'), [2])) decoder.push(chunk);
  assert.equal(decoder.next(), 'one');
  assert.equal(decoder.next(), 'two');
  assert.equal(decoder.next(), undefined);
  decoder.push(new TextEncoder().encode('ee\n'));
  assert.equal(decoder.next(), 'three');
});

test('a carriage return before the newline and empty lines are no part of a message', () => {
  const decoder = new LineDecoder(100);
  decoder.push(new TextEncoder().encode('\n\r\n{}\r\n\n'));
  assert.deepEqual(readAll(decoder), ['{}']);
});

test('a line over the limit is refused before it is whole, and one at the limit is not', () => {
  const decoder = new LineDecoder(10);
  decoder.push(new TextEncoder().encode('1234567890\n12345'));
  assert.equal(decoder.next(), '1234567890');
  assert.equal(decoder.next(), undefined);
  decoder.push(new TextEncoder().encode('678901'));
  assert.throws(
    () => decoder.next(),
    (error) => error instanceof FramingError && error.code === 'TOO_LARGE',
  );
});

test('the limit counts bytes, not characters', () => {
  const decoder = new LineDecoder(10);
  decoder.push(new TextEncoder().encode('€€€€\n'));
  assert.throws(
    () => decoder.next(),
    (error) => error instanceof FramingError && error.code === 'TOO_LARGE',
  );
});

test('bytes that are not UTF-8 are refused', () => {
  const decoder = new LineDecoder(100);
  decoder.push(Uint8Array.of(0x22, 0xff, 0x22, 0x0a));
  assert.throws(
    () => decoder.next(),
    (error) => error instanceof FramingError && error.code === 'PARSE_ERROR',
  );
});
