import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Secrets } from '../../ports/secrets.ts';

/** What every `Secrets` port does. `open` answers the same secrets each time. */
export function secretsAcceptance(
  name: string,
  open: (scope: { after(call: () => void): void }) => () => Secrets,
): void {
  describe(`${name}: Secrets`, () => {
    test('a secret is kept until it is removed, over a restart', async (context) => {
      const reopen = open(context);
      const value = Uint8Array.from({ length: 300 }, (_, at) => at % 256);
      const place = await reopen().set('library-1', value);
      const kept = await reopen().get('library-1');
      assert.equal(kept?.place, place);
      assert.deepEqual(Uint8Array.from(kept?.value ?? []), value);
      await reopen().set('library-1', Uint8Array.of(7));
      assert.deepEqual(Uint8Array.from((await reopen().get('library-1'))?.value ?? []), Uint8Array.of(7));
      await reopen().remove('library-1');
      assert.equal(await reopen().get('library-1'), undefined);
      await reopen().remove('library-1');
    });

    test('names that could be paths are refused', async (context) => {
      const secrets = open(context)();
      for (const bad of ['', '../x', 'a/b', 'A', '.hidden', 'x'.repeat(101)])
        await assert.rejects(async () => secrets.set(bad, Uint8Array.of(1)));
    });
  });
}
