import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { Cli } from './cli.ts';

const cli = new Cli();
after(() => cli.close());

test('without a daemon it says so, and what can be seen from outside', async () => {
  const fresh = await cli.run(['doctor']);
  assert.equal(fresh.exit, 0);
  assert.match(fresh.stdout, /! daemon .*\n {2}→ sd start, then sd doctor\n✓ data folder .* is not there yet/);
  await cli.ok('start');
  await cli.ok('stop');
  chmodSync(cli.dataFolder, 0o755);
  const open = await cli.run(['doctor', '--json']);
  const { ok, findings } = JSON.parse(open.stdout);
  assert.deepEqual([open.exit, ok], [1, false]);
  assert.equal(findings.find(({ check }: { check: string }) => check === 'data folder').state, 'problem');
});

test('with one it asks it, and adds whether both are the same version', async () => {
  writeFileSync(cli.path('data/config.json'), JSON.stringify({ websocket: { port: 0 } }));
  cli.file('Here/one.txt');
  await cli.ok('setup', cli.path('Here'));
  await cli.ok('library', 'backup');
  const { exit, stdout } = await cli.run(['doctor']);
  assert.equal(exit, 0, stdout);
  for (const line of [
    /^✓ version /m,
    /^✓ token /m,
    /^✓ socket .* answers$/m,
    /^✓ HTTP port .* answers$/m,
    /^✓ databases of /m,
    /^✓ backup .* of today$/m,
  ])
    assert.match(stdout, line);
});

test('a URL opens one file in a browser, and needs the port', async () => {
  const path = cli.path('Here/one.txt');
  const url = (await cli.ok('url', path)).trim();
  assert.equal(await (await fetch(url)).text(), 'Here/one.txt');
  assert.equal((await fetch(url.replace(/signature=./, 'signature=_'))).status, 401);
  writeFileSync(cli.path('data/config.json'), '{}');
  await cli.ok('restart');
  const { exit, stderr } = await cli.run(['url', path]);
  assert.deepEqual([exit, /the HTTP port is off\n {2}→ write/.test(stderr)], [4, true], stderr);
});
