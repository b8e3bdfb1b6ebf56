import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { socketAddress } from './socket-address.ts';

test('in the data folder where that is short enough', () => {
  assert.deepEqual(socketAddress('/home/ana/.local/share/spacedrive', {}, 'linux'), {
    folder: '/home/ana/.local/share/spacedrive/run',
    path: '/home/ana/.local/share/spacedrive/run/daemon.sock',
  });
});

test('else in a folder of our own where the system keeps such things; the bytes count, not the characters', () => {
  const deep = `/home/${'ä'.repeat(45)}`;
  const { path, folder, borrowed } = socketAddress(deep, { XDG_RUNTIME_DIR: '/run/user/1000' }, 'linux');
  assert.match(path, /^\/run\/user\/1000\/spacedrive-\d+-[0-9a-f]{12}\/daemon\.sock$/);
  assert.deepEqual([folder, borrowed], [join(path, '..'), true]);
  assert.notEqual(
    socketAddress(`${deep}b`, { XDG_RUNTIME_DIR: '/run/user/1000' }, 'linux').path,
    path,
    'every data folder has its own',
  );
  assert.match(socketAddress(deep, { XDG_RUNTIME_DIR: `/run/${'x'.repeat(100)}` }, 'linux').path, /^\/tmp\//);
});

test('a named pipe on Windows, of its own for every data folder', () => {
  const pipe = socketAddress('C:\\Users\\ana\\spacedrive', {}, 'win32');
  assert.match(pipe.path, /^\\\\\.\\pipe\\spacedrive-.+-[0-9a-f]{12}$/);
  assert.equal(pipe.folder, undefined);
  assert.notEqual(socketAddress('C:\\Users\\ana\\other', {}, 'win32').path, pipe.path);
});
