import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { createConnection } from 'node:net';
import { type TestContext, test } from 'node:test';
import { DaemonProcess, atEnd, temporaryFolder, until } from './daemon-process.ts';

const BIG = Buffer.alloc(6 * 2 ** 20, 'spacedrive ');

/** A daemon with a library, a location of mode content, and ways to ask for its files. */
class Served {
  readonly daemon: DaemonProcess;
  readonly tree: string;
  readonly ids = new Map<string, { id: number; content: string | undefined }>();
  library = '';

  private constructor(daemon: DaemonProcess, tree: string) {
    this.daemon = daemon;
    this.tree = tree;
  }

  static async open(context: TestContext, config: object = {}): Promise<Served> {
    const tree = temporaryFolder(context);
    mkdirSync(`${tree}/sub`);
    writeFileSync(`${tree}/ten.txt`, '0123456789');
    writeFileSync(`${tree}/sub/big.mp4`, BIG);
    writeFileSync(`${tree}/empty.txt`, '');
    writeFileSync(`${tree}/page.html`, '<script>alert(1)</script>');
    writeFileSync(`${tree}/quote"\nnew 写真.bin`, 'odd');
    const dataFolder = temporaryFolder(context);
    writeFileSync(`${dataFolder}/config.json`, JSON.stringify({ websocket: { port: 0, ...config } }));
    const served = new Served(await DaemonProcess.ready(context, { dataFolder }), tree);
    await served.#index(context);
    return served;
  }

  async #index(context: TestContext): Promise<void> {
    const client = await this.daemon.client();
    atEnd(context, () => client.close());
    const { result } = await client.call('action:libraries.create', { name: 'Test' });
    this.library = result.id;
    const added = await client.call('action:locations.add', { path: this.tree, mode: 'content' });
    await until(async () => (await client.call('query:jobs.info', { id: added.result.job.id })).state === 'completed');
    for (const folder of ['', '/sub'])
      for (const entry of (await client.call('query:vdfs.list_entries', { path: this.tree + folder })).entries)
        if (entry.id !== undefined) this.ids.set(entry.name, { id: entry.id, content: entry.content_id });
  }

  get port(): number {
    return this.daemon.record.websocket?.port ?? 0;
  }
  url(path: string): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }
  file(name: string): string {
    return `/file/${this.ids.get(name)?.id}`;
  }
  get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> {
    return fetch(this.url(path), { method, headers: { authorization: `Bearer ${this.daemon.token}`, ...headers } });
  }
  /** With headers and a path that `fetch` would not send as they are. */
  raw(path: string, headers: IncomingHttpHeaders): Promise<{ status: number; body: string }> {
    return new Promise((resolve, reject) => {
      const sent = httpRequest({ host: '127.0.0.1', port: this.port, path, headers }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => (body += text));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      });
      sent.on('error', reject).end();
    });
  }
  /** Files below the tree that the daemon has open. */
  openFiles(): string[] {
    const folder = `/proc/${this.daemon.process.pid}/fd`;
    return readdirSync(folder).flatMap((name) => {
      try {
        const target = readlinkSync(`${folder}/${name}`);
        return target.startsWith(this.tree) ? [target] : [];
      } catch {
        return []; // closed meanwhile
      }
    });
  }
}

test('a file comes whole, with what keeps it a file', async (context) => {
  const served = await Served.open(context);
  const ten = await served.get(served.file('ten.txt'));
  assert.deepEqual([ten.status, await ten.text()], [200, '0123456789']);
  assert.deepEqual(
    ['content-type', 'content-length', 'accept-ranges', 'x-content-type-options', 'cache-control'].map((name) =>
      ten.headers.get(name),
    ),
    ['text/plain', '10', 'bytes', 'nosniff', 'private, no-cache'],
  );
  assert.match(ten.headers.get('content-security-policy') ?? '', /^sandbox; default-src 'none'/);
  assert.equal(ten.headers.get('content-disposition'), `inline; filename="ten.txt"; filename*=UTF-8''ten.txt`);
  const page = await served.get(served.file('page.html'));
  assert.match(page.headers.get('content-disposition') ?? '', /^attachment; /);
  const odd = await served.get(served.file('quote"\\nnew 写真.bin'));
  assert.equal(
    odd.headers.get('content-disposition'),
    `attachment; filename="quote__nnew __.bin"; filename*=UTF-8''quote%22%5Cnnew%20%E5%86%99%E7%9C%9F.bin`,
  );
  const big = await served.get(`/file/${served.ids.get('big.mp4')?.content}?library=Test`);
  assert.equal(digest(await big.arrayBuffer()), digest(BIG));
  assert.equal((await (await served.get(served.file('empty.txt'))).text()).length, 0);
  const head = await served.get(served.file('big.mp4'), {}, 'HEAD');
  assert.deepEqual([head.status, head.headers.get('content-length'), await head.text()], [200, String(BIG.length), '']);
});

test('parts of a file: from, to, the last bytes; several and nonsense give the whole; beyond the end is 416', async (context) => {
  const served = await Served.open(context);
  const ask = async (range: string, more: Record<string, string> = {}) => {
    const answer = await served.get(served.file('ten.txt'), { range, ...more });
    return [answer.status, answer.headers.get('content-range'), await answer.text()];
  };
  assert.deepEqual(await ask('bytes=2-4'), [206, 'bytes 2-4/10', '234']);
  assert.deepEqual(await ask('bytes=7-'), [206, 'bytes 7-9/10', '789']);
  assert.deepEqual(await ask('bytes=-3'), [206, 'bytes 7-9/10', '789']);
  assert.deepEqual(await ask('bytes=8-900'), [206, 'bytes 8-9/10', '89']);
  assert.deepEqual(await ask('bytes=0-1,2-3'), [206, 'bytes 0-3/10', '0123']);
  for (const whole of ['bytes=0-1,5-6', 'lines=1-2', 'bytes=x', 'bytes'])
    assert.deepEqual(await ask(whole), [200, null, '0123456789'], whole);
  assert.deepEqual((await ask('bytes=10-')).slice(0, 2), [416, 'bytes */10']);
  const { headers } = await served.get(served.file('ten.txt'), {}, 'HEAD');
  const [etag, modified] = [headers.get('etag') ?? '', headers.get('last-modified') ?? ''];
  assert.equal((await ask('bytes=2-4', { 'if-range': etag }))[0], 206);
  assert.equal((await ask('bytes=2-4', { 'if-range': modified }))[0], 206);
  assert.equal((await ask('bytes=2-4', { 'if-range': '"old"' }))[0], 200);
  assert.equal((await served.get(served.file('ten.txt'), { 'if-none-match': `"x", ${etag}` })).status, 304);
});

test('without the token, or a signature for just this, nothing is told', async (context) => {
  const served = await Served.open(context);
  const [ten, big] = [served.file('ten.txt'), served.file('big.mp4')];
  const status = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(served.url(path), { headers })).status;
  assert.equal(await status(ten), 401);
  assert.equal(await status(ten, { authorization: `Bearer ${'0'.repeat(64)}` }), 401);
  assert.equal(await status(`${ten}?token=${served.daemon.token}`), 401);
  assert.equal(await status('/file/999999999'), 401, 'not even whether it exists');
  const client = await served.daemon.client();
  const signed = await client.call('query:library.media_url', { file: served.ids.get('ten.txt')?.id });
  assert.equal(signed.path, ten);
  assert.equal(await status(`${ten}?${signed.query}`), 200);
  assert.equal(await status(`${big}?${signed.query}`), 401, 'for this file only');
  assert.equal(await status(`${ten}?${signed.query.replace(/expires=\d/, 'expires=9')}`), 401);
  assert.equal(await status(`${ten}?${signed.query.slice(0, -1)}`), 401);
  const pictures = await client.call('query:library.media_url', {});
  assert.equal(await status(`${ten}?${pictures.query}`), 401, 'thumbnails are not files');
  const content = served.ids.get('ten.txt')?.content;
  assert.equal(await status(`${pictures.path}${content}/256?${pictures.query}`), 404);
  assert.ok(signed.expires_at > Date.now() + 50 * 60_000);
  client.close();
});

test('a name that leads here, and a page that is not on the list, are refused; one that is may read', async (context) => {
  const served = await Served.open(context, { origins: ['http://localhost:5173'] });
  const authorization = `Bearer ${served.daemon.token}`;
  const path = served.file('ten.txt');
  assert.equal((await served.raw(path, { authorization, host: `evil.example:${served.port}` })).status, 403);
  assert.equal((await served.raw(path, { authorization, host: '127.0.0.1' })).status, 403);
  assert.equal((await served.raw(path, { authorization, host: `127.0.0.1:${served.port}` })).status, 200);
  for (const origin of ['https://evil.example', 'null', 'http://localhost:51730'])
    assert.equal((await served.get(path, { origin })).status, 403);
  const page = await served.get(path, { origin: 'http://localhost:5173' });
  assert.deepEqual([page.status, page.headers.get('access-control-allow-origin')], [200, 'http://localhost:5173']);
  const before = await fetch(served.url(path), { method: 'OPTIONS', headers: { origin: 'http://localhost:5173' } });
  assert.match(before.headers.get('access-control-allow-headers') ?? '', /authorization/);
  assert.equal((await served.get(path, {}, 'POST')).status, 405);
});

test('no path leads anywhere but to what the index has', async (context) => {
  const served = await Served.open(context);
  const headers = { authorization: `Bearer ${served.daemon.token}`, host: `127.0.0.1:${served.port}` };
  for (const path of [
    '/file/../../etc/passwd',
    '/file/..%2f..%2fetc%2fpasswd',
    '/file//etc/passwd',
    `/file/${served.tree}/ten.txt`,
    '/file/1%00',
    '/file/-1',
    '/file/1/',
    '/thumbnail/../file/1',
    '/file/99999999999999999999',
    '//file/1',
  ])
    assert.equal((await served.raw(path, headers)).status, 404, path);
  assert.equal((await served.raw(`/file/1?${'x'.repeat(5_000)}`, headers)).status, 414);
  assert.equal((await served.raw('/file/1', { ...headers, cookie: 'x'.repeat(20_000) })).status, 431);
  const { status, body } = await served.raw('/file/999999999', headers);
  assert.deepEqual([status, JSON.parse(body).error.code], [404, 'NOT_FOUND']);
});

test('what became a symbolic link, a folder or a pipe is not followed, and its folder neither', async (context) => {
  const served = await Served.open(context);
  const secret = temporaryFolder(context);
  writeFileSync(`${secret}/big.mp4`, 'secret');
  rmSync(`${served.tree}/ten.txt`);
  symlinkSync(`${secret}/big.mp4`, `${served.tree}/ten.txt`);
  assert.equal((await served.get(served.file('ten.txt'))).status, 403);
  renameSync(`${served.tree}/sub`, `${served.tree}/was`);
  symlinkSync(secret, `${served.tree}/sub`);
  const behind = await served.get(served.file('big.mp4'));
  assert.equal(behind.status, 404);
  assert.doesNotMatch(await behind.text(), /secret/);
  rmSync(`${served.tree}/page.html`);
  mkdirSync(`${served.tree}/page.html`);
  assert.equal((await served.get(served.file('page.html'))).status, 403);
  renameSync(served.tree, `${served.tree}.away`);
  atEnd(context, () => rmSync(`${served.tree}.away`, { recursive: true }));
  assert.equal((await served.get(served.file('empty.txt'))).status, 503);
});

test('a folder swapped for a link again and again gives the file or an error, never what the link leads to', async (context) => {
  const served = await Served.open(context);
  const secret = temporaryFolder(context);
  writeFileSync(`${secret}/big.mp4`, 'secret');
  let swapping = true;
  const swapped = (async () => {
    for (let round = 0; swapping; round++) {
      renameSync(`${served.tree}/sub`, `${served.tree}/was`);
      symlinkSync(secret, `${served.tree}/sub`);
      if (round % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
      rmSync(`${served.tree}/sub`);
      renameSync(`${served.tree}/was`, `${served.tree}/sub`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  const seen = new Set<number>();
  for (let at = 0; at < 200; at++) {
    const answer = await served.get(served.file('big.mp4'), { range: 'bytes=0-5' });
    seen.add(answer.status);
    const text = await answer.text();
    if (answer.status === 206) assert.equal(text, 'spaced');
  }
  swapping = false;
  await swapped;
  assert.ok(seen.has(206) && [...seen].every((status) => [206, 403, 404].includes(status)), [...seen].join());
});

test('our own keys and databases are not served, though the folder is indexed', async (context) => {
  const served = await Served.open(context);
  const client = await served.daemon.client();
  const { result } = await client.call('action:locations.add', { path: served.daemon.dataFolder, mode: 'shallow' });
  await until(async () => (await client.call('query:jobs.info', { id: result.job.id })).state === 'completed');
  const { entries } = await client.call('query:vdfs.list_entries', { path: served.daemon.dataFolder });
  const token = entries.find(({ name }) => name === 'token');
  assert.ok(token?.id);
  assert.equal((await served.get(`/file/${token.id}`)).status, 403);
  client.close();
});

test('a thousand parts at once', async (context) => {
  const served = await Served.open(context);
  const path = served.file('big.mp4');
  const answers = await Promise.all(
    Array.from({ length: 1_000 }, async (_, at) => {
      const start = at * 5_000;
      const answer = await served.get(path, { range: `bytes=${start}-${start + 4_999}` });
      const bytes = Buffer.from(await answer.arrayBuffer());
      return answer.status === 206 && bytes.equals(BIG.subarray(start, start + 5_000));
    }),
  );
  assert.equal(answers.filter(Boolean).length, 1_000);
  await until(() => served.openFiles().length === 0);
});

test('who leaves in the middle leaves nothing open, and the others are served on', async (context) => {
  const served = await Served.open(context);
  let begun = 0;
  const sockets = Array.from({ length: 200 }, () => {
    const socket = createConnection(served.port, '127.0.0.1');
    // Looked at and not read: whoever is served keeps the place, and which of them are is up to the daemon.
    socket.once('readable', () => begun++);
    socket.write(
      `GET ${served.file('big.mp4')} HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nAuthorization: Bearer ${served.daemon.token}\r\n\r\n`,
    );
    socket.on('error', () => {});
    return socket;
  });
  await until(() => begun >= 128);
  assert.deepEqual([begun, served.openFiles().length], [128, 128]);
  for (const socket of sockets) socket.destroy();
  await until(() => served.openFiles().length === 0);
  assert.equal((await served.get(served.file('ten.txt'))).status, 200);
});

test('a file that shrinks while it is sent breaks the connection instead of hanging', async (context) => {
  const served = await Served.open(context);
  const socket = createConnection(served.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(
    `GET ${served.file('big.mp4')} HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nAuthorization: Bearer ${served.daemon.token}\r\n\r\n`,
  );
  await once(socket, 'readable');
  truncateSync(`${served.tree}/sub/big.mp4`, 10);
  let received = 0;
  socket.on('data', (piece: Buffer) => (received += piece.length));
  await once(socket, 'close');
  assert.ok(received < BIG.length);
});

test('a daemon that stops does not wait for who does not fetch what they asked for', async (context) => {
  const served = await Served.open(context);
  const socket = createConnection(served.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(
    `GET ${served.file('big.mp4')} HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nAuthorization: Bearer ${served.daemon.token}\r\n\r\n`,
  );
  await once(socket, 'readable');
  assert.equal((await served.daemon.stop()).code, 0);
});

function digest(bytes: ArrayBuffer | Buffer): string {
  return createHash('sha256').update(new Uint8Array(bytes)).digest('hex');
}
