import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { nodeUserFiles } from '@sd/platform-node/user-files/user-files.ts';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

async function album(context: TestContext) {
  const core = await openTestCore(context, { watching: { limit: 0 } });
  const folder = temporaryFolder(context);
  mkdirSync(join(folder, 'Trip'));
  for (const name of ['a.jpg', 'b.jpg', 'Trip/c.jpg']) writeFileSync(join(folder, name), `bytes of ${name}`);
  await core.index(folder, { mode: 'content' });
  const at = (name: string): string => join(folder, name);
  return { ...core, at, everything: { search: { types: ['file'], extensions: ['jpg'] } } };
}

const SIDECAR = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:lr="http://ns.adobe.com/lightroom/1.0/" xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" xmp:Rating="4" crs:Exposure="+1">
<dc:subject><rdf:Bag><rdf:li>Animals</rdf:li><rdf:li>Cat</rdf:li><rdf:li>Loose</rdf:li></rdf:Bag></dc:subject>
<lr:hierarchicalSubject><rdf:Bag><rdf:li>Animals|Cat</rdf:li></rdf:Bag></lr:hierarchicalSubject>
</rdf:Description></rdf:RDF></x:xmpmeta>`;

test('tags, stars and notes go into sidecars, join what others wrote there, and leave private ones at home', async (context) => {
  const { client, at, everything, completed } = await album(context);
  writeFileSync(at('b.xmp'), SIDECAR);
  await client.call('action:tags.create', { name: 'Secret', kind: 'privacy' });
  await client.call('action:tags.create', { name: 'Places' });
  await client.call('action:tags.create', { name: 'Sea', parents: ['Places'] });
  const of = (...names: string[]) => ({ targets: { paths: names.map(at) } });
  await client.call('action:tags.apply', { tags: ['Sea', 'Secret'], ...of('a.jpg', 'b.jpg') });
  await client.call('action:metadata.update', { ...of('a.jpg'), rating: 5, note: 'Blue <water>' });

  const targets = { paths: [at('a.jpg'), at('b.jpg'), at('Trip/c.jpg')] };
  const plan = await client.call('preview:tags.export', { targets, to: ['xmp'] });
  assert.deepEqual(
    plan.steps.map(({ what, target }) => [what, target]),
    [
      ['create sidecar', at('a.jpg.xmp')],
      ['add to sidecar', at('b.xmp')],
    ],
  );
  assert.equal(existsSync(at('a.jpg.xmp')), false);
  const { result, receipt } = await client.call('action:tags.export', { plan_id: plan.plan_id });
  const job = await completed(result.job);
  assert.deepEqual(job.result, { files: 3, carried: 2, tagged: 0, created: 0 });
  const [own, joined] = [readFileSync(at('a.jpg.xmp'), 'utf8'), readFileSync(at('b.xmp'), 'utf8')];
  assert.match(own, /Places\|Sea/);
  assert.match(own, /Blue &lt;water&gt;/);
  assert.doesNotMatch(own + joined, /Secret/);
  for (const kept of ['crs:Exposure="+1"', 'xmp:Rating="4"', 'Loose', 'Animals|Cat'])
    assert.ok(joined.includes(kept), kept);
  assert.equal((await client.call('verify:tags.export', { receipt })).ok, true);
  assert.ok(everything);
});

test('what sidecars say is imported once, with the graph of their tags, and undone as one', async (context) => {
  const { client, at, completed } = await album(context);
  writeFileSync(at('b.xmp'), SIDECAR);
  writeFileSync(at('a.jpg.xmp'), '<!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>');
  const targets = { paths: [at('a.jpg'), at('b.jpg'), at('Trip/c.jpg')] };
  const plan = await client.call('preview:tags.import', { targets, from: ['xmp'] });
  assert.deepEqual(
    plan.steps.map(({ what, target }) => `${what} ${target}`),
    ['create tag Loose', 'create tag Animals', 'create tag Cat', `import ${at('b.jpg')}`],
  );
  assert.match(plan.warnings.join(), /a\.jpg.*document type/);
  const { result, receipt } = await client.call('action:tags.import', { plan_id: plan.plan_id });
  const job = await completed(result.job);
  assert.deepEqual(job.result, { files: 3, carried: 1, tagged: 2, created: 3 });
  assert.equal(job.problems?.count, 1);
  const { tags, metadata } = await client.call('query:metadata.get', { path: at('b.jpg') });
  assert.deepEqual(
    [tags.map(({ name, source }) => `${name} ${source}`), metadata.rating],
    [['Cat import', 'Loose import'], 4],
  );
  assert.deepEqual(
    (await client.call('query:tags.ancestors', { tag: 'Cat' })).tags.map(({ name }) => name),
    ['Animals'],
  );
  await client.call('action:history.undo', { receipt });
  assert.deepEqual((await client.call('query:tags.list', {})).tags, []);
  assert.equal((await client.call('query:metadata.get', { path: at('b.jpg') })).metadata.rating, 0);
});

test('extended attributes carry tags there and back', async (context) => {
  const { client, at, completed } = await album(context);
  const files = nodeUserFiles;
  files.writeAttribute(at('b.jpg'), 'user.xdg.tags', new TextEncoder().encode('Old, Older'));
  await client.call('action:tags.apply', {
    tags: ['Sea', 'Salt, pepper'],
    targets: { paths: [at('b.jpg')] },
    create: true,
  });
  await client.call('action:metadata.update', { targets: { paths: [at('b.jpg')] }, rating: 3, note: 'Kept' });
  const out = await client.call('action:tags.export', { targets: { paths: [at('b.jpg')] }, to: ['attributes'] });
  const job = await completed(out.result.job);
  assert.equal(job.problems?.count, 1, 'a comma cannot be written');
  const value = (name: string) => new TextDecoder().decode(files.readAttribute(at('b.jpg'), name));
  assert.deepEqual(
    [value('user.xdg.tags'), value('user.baloo.rating'), value('user.xdg.comment')],
    ['Old,Older,Sea', '6', 'Kept'],
  );
  const back = await client.call('action:tags.import', { targets: { paths: [at('b.jpg')] }, from: ['attributes'] });
  await completed(back.result.job);
  const { tags } = await client.call('query:metadata.get', { path: at('b.jpg') });
  assert.deepEqual(
    tags.map(({ name }) => name),
    ['Old', 'Older', 'Salt, pepper', 'Sea'],
  );
});
