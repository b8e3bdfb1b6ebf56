import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeNative } from './native-path.ts';
import { type SdPath, parseSdPath, percentEncode, printSdPath } from './sd-path.ts';
import { anyCharacter } from '../testing/any-character.ts';

const name = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.string({ unit: anyCharacter, minLength: 1 }).filter((text) => text.isWellFormed()),
    fc.uint8Array({ minLength: 1, maxLength: 20 }).map(decodeNative),
  )
  .filter((text) => !/[/\0]/.test(text) && !['', '.', '..'].includes(text));
const path = fc.array(name, { maxLength: 6 }).map((names) => `/${names.join('/')}`);

function parsed(text: string): SdPath {
  const result = parseSdPath(text, 'here');
  return result.ok ? result.path : assert.fail(result.problem);
}
function problem(text: string): string {
  const result = parseSdPath(text, 'here');
  return result.ok ? assert.fail(`${text} was taken`) : `${result.problem}; ${result.wayOut}`;
}

test('what is printed reads back the same, byte for byte', () => {
  fc.assert(
    fc.property(path, (native) => {
      const printed = printSdPath({ kind: 'local', device: 'my-mac', path: native });
      assert.ok(printed.isWellFormed());
      assert.doesNotMatch(printed, /[\s\u0000-\u001f\u007f]/);
      assert.deepEqual(parsed(printed), { kind: 'local', device: 'my-mac', path: native });
    }),
    { numRuns: 2000 },
  );
  const id = '01890a5d-ac96-874b-bcce-b302099a8057';
  assert.deepEqual(parsed(printSdPath({ kind: 'content', id })), { kind: 'content', id });
});

test('a plain path is taken as it is: nothing in it is special', () => {
  fc.assert(
    fc.property(path, (native) => assert.deepEqual(parsed(native), { kind: 'local', device: 'here', path: native })),
  );
  assert.deepEqual(parsed('/a%20b/?#'), { kind: 'local', device: 'here', path: '/a%20b/?#' });
  assert.deepEqual(parsed('C:/Users//me/'), { kind: 'local', device: 'here', path: 'C:/Users/me' });
});

test('addresses show letters as letters and bytes as %XX', () => {
  assert.equal(
    printSdPath({ kind: 'local', device: 'd', path: '/Ö/caf\udce9 100%.txt' }),
    'local://d/Ö/caf%E9%20100%25.txt',
  );
  assert.equal(printSdPath({ kind: 'local', device: 'd', path: 'C:/x' }), 'local://d/C:/x');
  for (const called of ['/C:/x', '/C:'])
    assert.deepEqual(parsed(printSdPath({ kind: 'local', device: 'd', path: called })), {
      kind: 'local',
      device: 'd',
      path: called,
    });
  assert.deepEqual(parsed('local://d/C:/x'), { kind: 'local', device: 'd', path: 'C:/x' });
  assert.deepEqual(parsed('LOCAL://My-Mac/%c3%a9'), { kind: 'local', device: 'my-mac', path: '/é' });
  assert.deepEqual(parsed('local://d'), { kind: 'local', device: 'd', path: '/' });
  assert.equal(percentEncode('/plain/name-1_2.txt'), '/plain/name-1_2.txt');
});

test('what cannot be meant is refused with a way out', () => {
  assert.match(problem('Pictures'), /relative path.*whole path/);
  assert.match(problem('./x'), /relative path/);
  assert.match(problem('~/x'), /home folder/);
  assert.match(problem('~bob'), /home folder/);
  assert.match(problem(''), /empty/);
  assert.match(problem('/a\0b'), /NUL/);
  assert.match(problem('s3://bucket/key'), /s3:\/\//);
  assert.match(problem('local:///x'), /names a device/);
  assert.match(problem('local://d/a%2'), /%25/);
  assert.match(problem('local://d/a%2fb'), /slash/);
  assert.match(problem('local://d/a%00'), /NUL/);
  assert.match(problem('local://d/a?b'), /%3F/);
  assert.match(problem('content://nope'), /content's id/);
});
