import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SdError } from '../errors.ts';
import { readStringList, writeStringList } from './property-list.ts';
import { anyCharacter } from '../testing/any-character.ts';

test('a list comes back as it was written', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 40, unit: anyCharacter }), { maxLength: 40 }), (strings) => {
      assert.deepEqual(readStringList(writeStringList(strings)), strings);
    }),
  );
});

// What Python's plistlib makes, as an independent writer of the format the Finder uses: it keeps a string that is there
// twice once, and says counts, offsets and references in as few bytes as will do.
const BY_PLISTLIB: readonly (readonly [strings: readonly string[], hex: string])[] = [
  [[], '62706c6973743030a0080000000000000101000000000000000100000000000000000000000000000009'],
  [
    ['Red\n6', 'Über', '日本🙂'],
    '62706c6973743030a3010203555265640a366400dc0062006500726465e5672cd83dde42080c121b' +
      '0000000000000101000000000000000400000000000000000000000000000024',
  ],
  [
    [
      'long enough to need a count',
      'ä'.repeat(16),
      'same',
      'same',
      ...Array.from({ length: 13 }, (_, at) => String(at)),
    ],
    '62706c6973743030af1011010203030405060708090a0b0c0d0e0f10' +
      `5f101b${Buffer.from('long enough to need a count').toString('hex')}6f1010${'00e4'.repeat(16)}5473616d65` +
      '5130513151325133513451355136513751385139523130523131523132' +
      '081c3a5d626466686a6c6e70727476797c' +
      '000000000000010100000000000000110000000000000000000000000000007f',
  ],
];

test('what another program wrote is read', () => {
  for (const [strings, hex] of BY_PLISTLIB)
    assert.deepEqual(readStringList(Uint8Array.from(Buffer.from(hex, 'hex'))), strings);
});

test('what is written has the layout that other programs read', () => {
  // Read by plistlib as ["Red\n6", "Über"]; offsets take four bytes here, references two.
  const hex =
    '62706c6973743030a200010002555265640a366400dc006200650072' +
    '000000080000000d00000013' +
    '0000000000000402000000000000000300000000000000000000000000000' +
    '01c';
  assert.equal(Buffer.from(writeStringList(['Red\n6', 'Über'])).toString('hex'), hex);
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
