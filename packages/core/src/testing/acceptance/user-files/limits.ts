import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { UserFiles } from '../../../ports/user-files.ts';
import type { Ground } from './ground.ts';

/** What a file system takes, told without writing. */
export function limitsAcceptance(files: UserFiles, { folder: place, lacks }: Ground): void {
  test('what names and files may be there is told, and true', { skip: lacks.has('known_limits') }, (context) => {
    const folder = place(context);
    const limits = files.limits(folder);
    assert.equal(limits.readOnly, false);
    assert.equal(limits.nameLength, 255);
    assert.equal(limits.encoding, lacks.has('permissions') ? 'utf16' : 'utf8');
    for (const what of ['attributes', 'permissions', 'symlinks', 'hard_links'] as const)
      assert.equal(limits.lacks.includes(what), lacks.has(what), what);
    files.makeFile(`${folder}/${'n'.repeat(limits.nameLength)}`);
    assert.throws(() => files.makeFile(`${folder}/${'n'.repeat(limits.nameLength + 1)}`), { code: 'LIMIT' });
    for (const character of limits.forbidden ?? '')
      assert.throws(() => files.makeFile(`${folder}/a${character}b`), { code: 'LIMIT' });
    if (!limits.forbidden?.includes(':')) files.makeFile(`${folder}/a:b`);
    assert.throws(() => files.limits(`${folder}/none`), { code: 'NOT_FOUND' });
    assert.throws(() => files.limits(`${folder}/${'n'.repeat(limits.nameLength)}`), { code: 'NOT_A_FOLDER' });
  });

  test('whether case counts is told by a name that is there', (context) => {
    const folder = place(context);
    writeFileSync(`${folder}/Name`, '');
    assert.equal(files.limits(folder).caseSensitive, !lacks.has('case'));
    if (lacks.has('case')) assert.throws(() => files.makeFile(`${folder}/nAME`), { code: 'ALREADY_EXISTS' });
    else files.makeFile(`${folder}/nAME`);
    assert.equal(files.limits(folder).caseSensitive, !lacks.has('case'));
  });
}
