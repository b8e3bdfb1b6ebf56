import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CliError } from '../errors.ts';
import { fieldsOf } from './fields.ts';

test('a field is what its value looks like, and a text where that would change it', () => {
  const date = new Date('2026-03-01T00:00:00').getTime();
  assert.deepEqual(
    fieldsOf(['A=text', 'B=12', 'C=-0.5', 'D=true', 'E=2026-03-01', 'F=', 'G=007', 'H=a=b', 'I=2026-13-99']),
    {
      A: 'text',
      B: 12,
      C: -0.5,
      D: true,
      E: { date },
      F: null,
      G: '007',
      H: 'a=b',
      I: '2026-13-99',
    },
  );
  assert.throws(() => fieldsOf(['=x']), CliError);
});
