import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { slugOf } from './slug.ts';
import { anyCharacter } from '../testing/any-character.ts';

test('a host name becomes the slug of an address', () => {
  assert.equal(slugOf("Jamie's MacBook Pro"), 'jamies-macbook-pro');
  assert.equal(slugOf('Zoë’s Büro--PC'), 'zoes-buro-pc');
  assert.equal(slugOf('-tower.'), 'tower');
  assert.equal(slugOf('電腦'), 'device');
  assert.equal(slugOf(''), 'device');
});

test('any name gives a slug of its form', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (name) => {
      const slug = slugOf(name);
      assert.match(slug, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      assert.ok(slug.length <= 63);
    }),
  );
});
