import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Cli } from './cli.ts';

const cli = new Cli();
after(() => cli.close());

before(async () => {
  cli.file('Here/Summer 2024/beach (1).jpg', 'x'.repeat(2000));
  cli.file('Here/Summer 2024/beach draft.jpg', 'y'.repeat(10));
  cli.file('Here/report.pdf', 'pdf');
  await cli.ok('setup', cli.path('Here'));
  await cli.ok('tag', 'add', 'Holiday', cli.path('Here/Summer 2024/beach (1).jpg'), '--create');
});

const names = async (...words: string[]): Promise<string[]> =>
  (await cli.json<{ entries: { name: string }[] }>('find', ...words)).entries.map(({ name }) => name).toSorted();

test('words are a query; options combine with it', async () => {
  assert.deepEqual(await names('type:image tag:holiday'), ['beach (1).jpg']);
  assert.deepEqual(await names('beach', '(1)'), ['beach (1).jpg']);
  assert.deepEqual(await names('beach -draft'), ['beach (1).jpg']);
  assert.deepEqual(await names('-draft beach'), ['beach (1).jpg']);
  assert.deepEqual(await names('-is:folder', '-draft report'), ['report.pdf']);
  assert.deepEqual(await names('in:"Summer 2024" OR ext:pdf', '--smaller', '1kB'), ['beach draft.jpg', 'report.pdf']);
  assert.deepEqual(await names('size:>1kb', '-k', 'image'), ['beach (1).jpg']);
  assert.equal(await cli.ok('find', 'modified:today is:file', '--count'), '3\n');
});

test('what is wrong is pointed at', async () => {
  const wrong = await cli.run(['find', 'beach type:imag']);
  assert.equal(wrong.exit, 2);
  assert.match(wrong.stderr, /"imag" is not a kind\n {4}beach type:imag\n {4} {11}\^{4}\n {2}→ did you mean image\?/);
  const unknown = await cli.run(['find', 'tag:holidy']);
  assert.equal(unknown.exit, 3);
  assert.match(unknown.stderr, /there is no tag "holidy"\n {4}tag:holidy\n {4} {4}\^{6}\n {2}→ did you mean Holiday\?/);
  const { error } = JSON.parse((await cli.run(['find', 'size:big', '--json'])).stderr);
  assert.deepEqual(error.data.query, { start: 5, length: 3, expected: error.data.query.expected, text: 'size:big' });
});

test('results are counted by facets, and queries completed', async () => {
  const facets = await cli.ok('find', 'is:file', '--facets');
  assert.match(facets, /^3 entries, 2/);
  assert.match(facets, /Kind +Count\nimage +2 +type:image\ndocument +1 +type:document/);
  assert.match(facets, /Tag +Count\nHoliday +1 +tag:Holiday/);
  assert.equal(await cli.ok('find', '--suggest', 'a tag:ho'), 'a tag:Holiday\n');
});
