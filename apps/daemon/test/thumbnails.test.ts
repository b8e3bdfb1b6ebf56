import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { DaemonProcess, atEnd, temporaryFolder, until } from './daemon-process.ts';

/** A grey PNG (W3C PNG, 8 bits of grey a pixel). */
function png(edge: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(edge, 0);
  header.writeUInt32BE(edge, 4);
  header[8] = 8;
  const rows = Buffer.alloc((edge + 1) * edge, 0x80);
  for (let row = 0; row < edge; row++) rows[row * (edge + 1)] = 0;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

test('a thumbnail comes from the sidecar, is revalidated, and kept for good where its version is named', async (context) => {
  const tree = temporaryFolder(context);
  writeFileSync(`${tree}/grey.png`, png(600));
  writeFileSync(`${tree}/words.txt`, 'nothing to see');
  const dataFolder = temporaryFolder(context);
  writeFileSync(`${dataFolder}/config.json`, JSON.stringify({ websocket: { port: 0 } }));
  const daemon = await DaemonProcess.ready(context, { dataFolder });
  const client = await daemon.client();
  atEnd(context, () => client.close());
  await client.call('action:libraries.create', { name: 'Test' });
  const { result } = await client.call('action:locations.add', { path: tree, mode: 'content' });
  const ended = async (id: string): Promise<boolean> =>
    (await client.call('query:jobs.info', { id })).state === 'completed';
  await until(() => ended(result.job.id));
  const { entries } = await client.call('query:vdfs.list_entries', { path: tree });
  const contentOf = (name: string): string => entries.find((entry) => entry.name === name)?.content_id ?? '';
  const base = `http://127.0.0.1:${daemon.record.websocket?.port}`;
  const authorization = `Bearer ${daemon.token}`;
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
    fetch(base + path, { method, headers: { authorization, ...headers } });
  const small = `/thumbnail/${contentOf('grey.png')}/256`;

  const missing = async (path: string): Promise<unknown> => {
    const answer = await get(path);
    assert.equal(answer.status, 404);
    return ((await answer.json()) as { error: { can_be_made: boolean } }).error.can_be_made;
  };
  assert.equal(await missing(small), true);
  assert.equal(await missing('/thumbnail/00000000-0000-8000-8000-000000000000/256'), false);

  const made = await client.call('action:sidecars.make', { location: result.location.id });
  await until(() => ended(made.result.job.id));
  const first = await get(small);
  const etag = first.headers.get('etag') ?? '';
  assert.deepEqual(
    [first.status, first.headers.get('content-type'), first.headers.get('cache-control')],
    [200, 'image/webp', 'private, no-cache'],
  );
  const bytes = Buffer.from(await first.arrayBuffer());
  assert.equal(bytes.toString('latin1', 8, 12), 'WEBP');
  assert.equal((await get(small, { 'if-none-match': etag })).status, 304);
  const head = await get(small, {}, 'HEAD');
  assert.deepEqual([head.status, head.headers.get('content-length')], [200, String(bytes.length)]);
  const version = /-(\d+)"$/.exec(etag)?.[1];
  assert.match((await get(`${small}?v=${version}`)).headers.get('cache-control') ?? '', /immutable/);
  assert.doesNotMatch((await get(`${small}?v=999`)).headers.get('cache-control') ?? '', /immutable/);
  assert.notEqual((await get(small.replace('/256', '/1024'))).headers.get('etag'), etag);

  const signed = await client.call('query:library.media_url', {});
  const page = await fetch(`${base}${signed.path}${contentOf('grey.png')}/256?${signed.query}`);
  assert.equal(page.status, 200);
  assert.equal((await fetch(base + small)).status, 401);
  await missing(`/thumbnail/${contentOf('words.txt')}/256`);
});
