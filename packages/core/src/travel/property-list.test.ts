import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SdError } from '../errors.ts';
import { readStringList, writeStringList } from './property-list.ts';

test('a list comes back as it was written', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 40, unit: 'binary' }), { maxLength: 40 }), (strings) => {
      assert.deepEqual(readStringList(writeStringList(strings)), strings);
    }),
  );
});

test('one that the Finder made is read', () => {
  // plutil -convert binary1 of ["Red\n6", "Über"]
  const hex =
    '62706c6973743030a2010255526564' +
    '0a36' +
    '6400dc006200650072' +
    '080b11' +
    '0000000000000101000000000000000300000000000000000000000000000' +
    '01a';
  assert.deepEqual(readStringList(Uint8Array.from(Buffer.from(hex, 'hex'))), ['Red\n6', 'Über']);
});

test('whatever else there is, it is refused, and does not take long', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        readStringList(Uint8Array.from([...Buffer.from('bplist00'), ...bytes]));
      } catch (error) {
        assert.ok(error instanceof SdError && error.code === 'CORRUPT', String(error));
      }
    }),
  );
});
