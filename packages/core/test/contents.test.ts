import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { JobInfo } from '../src/jobs/job-manager.ts';
import { docxOf } from '../src/testing/documents/office.ts';
import { pdfWithPages } from '../src/testing/documents/pdf.ts';
import { type TestCore, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

/** The next job of that kind to end as it should. */
async function nextEnd(core: TestCore, kind: string): Promise<JobInfo> {
  const ended = await new Promise<JobInfo>((resolve) => {
    const stop = core.core.events.subscribe(({ resource, data }) => {
      const job = data?.['job'] as JobInfo | undefined;
      if (resource !== 'job' || job?.kind !== kind || job.ended_at === undefined) return;
      stop();
      resolve(job);
    });
  });
  assert.equal(ended.state, 'completed', [JSON.stringify(ended.error), ...core.warnings].join('\n'));
  return ended;
}

/** A library of documents that were read. */
async function readDocuments(context: TestContext): Promise<{ core: TestCore; folder: string; location: string }> {
  const core = await openTestCore(context);
  const folder = join(temporaryFolder(context), 'Documents');
  mkdirSync(join(folder, 'Archive'), { recursive: true });
  const letter = docxOf(['Dear Ms Müller, the invoice for the hotel in Lisbon is attached.']);
  writeFileSync(join(folder, 'letter.docx'), letter);
  writeFileSync(join(folder, 'Archive', 'old letter.docx'), letter);
  writeFileSync(join(folder, 'report.pdf'), pdfWithPages(['Annual report', 'Lisbon office']));
  writeFileSync(join(folder, 'lisbon.txt'), 'nothing but plans');
  writeFileSync(join(folder, 'broken.docx'), letter.subarray(0, 300));
  const made = nextEnd(core, 'sidecars.make');
  const { location } = await core.index(folder, { mode: 'deep' });
  await made;
  return { core, folder, location: location.id };
}

async function find(core: TestCore, text: string, more: Record<string, unknown> = {}) {
  const { entries, ...rest } = await core.client.call('query:search.files', { text, in: 'contents', ...more });
  return { names: entries.map(({ name }) => name).sort(), entries, ...rest };
}

test('documents are found by their text, in all their places, with the words marked', async (context) => {
  const { core } = await readDocuments(context);
  const { names, entries, contents_index, total } = await find(core, '"hotel in" LISB');
  assert.deepEqual(names, ['letter.docx', 'old letter.docx']);
  assert.deepEqual(total, { count: 2, more: false });
  assert.equal(contents_index, 'ready');
  assert.deepEqual(
    entries[0]?.snippet?.segments.filter(({ match }) => match).map(({ text }) => text),
    ['hotel', 'in', 'Lisbon'],
  );
  assert.match(entries[0]?.snippet?.segments.map(({ text }) => text).join('') ?? '', /invoice for the hotel in Lisbon/);

  assert.deepEqual((await find(core, 'lisbon')).names, ['letter.docx', 'old letter.docx', 'report.pdf']);
  assert.deepEqual((await find(core, 'lisbon', { extensions: ['pdf'] })).names, ['report.pdf']);
  const all = await find(core, 'lisbon', { in: 'all' });
  assert.equal(all.entries[0]?.name, 'lisbon.txt', 'names come first');
  assert.equal(all.entries[0].snippet, undefined);
  assert.deepEqual(all.names, ['letter.docx', 'lisbon.txt', 'old letter.docx', 'report.pdf']);
  assert.equal((await find(core, 'lisbon', { in: 'names' })).contents_index, undefined);

  const status = core.core.status().services.find(({ name }) => name === 'contents index');
  assert.equal(status?.detail, 'Test, idle, 3 documents');
});

test('any characters may be typed', async (context) => {
  const { core } = await readDocuments(context);
  for (const text of ['"', '*', '-lisbon', 'a OR', 'NEAR(', '{x}: ^', "'", '\0', '\ud800', '🙂', '(lisbon', 'x"y"z']) {
    for (const where of ['contents', 'all']) await find(core, text, { in: where });
  }
  assert.deepEqual((await find(core, '-lisbon*')).names.length, 3);
  assert.deepEqual((await find(core, '***')).total, { count: 0, more: false });
});

test('pages go on from one to the next', async (context) => {
  const { core } = await readDocuments(context);
  for (const where of ['contents', 'all']) {
    for (const sort of ['relevance', 'name', 'modified']) {
      const names: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await find(core, 'lisbon', { in: where, sort, limit: 1, ...(cursor ? { cursor } : {}) });
        names.push(...page.names);
        cursor = page.next_cursor;
        if (!cursor) break;
      }
      assert.deepEqual(names.sort(), (await find(core, 'lisbon', { in: where })).names, `${where} ${sort}`);
    }
  }
});

test('what is offline is found; what is gone is not, and its text goes with the sweep', async (context) => {
  const { core, folder, location } = await readDocuments(context);
  renameSync(folder, `${folder} away`);
  const { entries } = await find(core, 'annual report');
  assert.deepEqual([entries[0]?.name, entries[0]?.offline], ['report.pdf', true]);
  renameSync(`${folder} away`, folder);

  rmSync(join(folder, 'report.pdf'));
  await core.rescan(location);
  assert.deepEqual((await find(core, 'annual report')).names, []);
  const { result } = await core.client.call('action:sidecars.sweep', {});
  await core.completed(result.job);
  assert.match(core.core.status().services.find(({ name }) => name === 'contents index')?.detail ?? '', /2 documents/);
});

test('texts that were lost are read again by themselves', async (context) => {
  const { core } = await readDocuments(context);
  const folder = join(core.dataFolder, 'libraries', 'Test.sdlibrary');
  await core.client.call('action:libraries.close', { which: 'Test' });
  rmSync(join(folder, 'texts.db'));
  const made = nextEnd(core, 'sidecars.make');
  await core.client.call('action:libraries.open', { which: 'Test' });
  await made;
  assert.deepEqual((await find(core, 'annual report')).names, ['report.pdf']);
  assert.deepEqual((await find(core, 'lisbon')).names, ['letter.docx', 'old letter.docx', 'report.pdf']);
});

test('a change of the key takes the texts along', async (context) => {
  const { core } = await readDocuments(context);
  await core.client.call('action:libraries.change_key', { which: 'Test', passphrase: 'a long enough secret' });
  assert.deepEqual((await find(core, 'annual report')).names, ['report.pdf']);
});
