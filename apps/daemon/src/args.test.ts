import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HELP, UsageError, parseArgs } from './args.ts';

const NONE = { help: false, version: false, foreground: false };

test('values stand behind their flag or an equals sign', () => {
  assert.deepEqual(parseArgs([]), NONE);
  assert.deepEqual(parseArgs(['--data-dir', '/a b', '--instance=x', '--foreground', '--ready-fd', '3']), {
    ...NONE,
    dataDir: '/a b',
    instance: 'x',
    foreground: true,
    readyFd: 3,
  });
  assert.deepEqual(parseArgs(['--data-dir=/a=b']), { ...NONE, dataDir: '/a=b' });
});

test('the port of the WebSocket may be left out', () => {
  assert.equal(parseArgs(['--websocket']).websocket, 0);
  assert.equal(parseArgs(['--websocket', '8080']).websocket, 8080);
  assert.deepEqual(parseArgs(['--websocket', '--foreground']), { ...NONE, websocket: 0, foreground: true });
});

test('what is not known, or lacks its value, is refused', () => {
  for (const argv of [
    ['--nothing'],
    ['word'],
    ['--data-dir'],
    ['--data-dir='],
    ['--ready-fd', 'x'],
    ['--websocket', '70000'],
    ['--websocket=x'],
  ]) {
    assert.throws(() => parseArgs(argv), UsageError, argv.join(' '));
  }
});

test('the help names every flag', () => {
  for (const flag of [
    '--data-dir',
    '--instance',
    '--foreground',
    '--websocket',
    '--ready-fd',
    '--help',
    '--version',
    'SD_LOG',
  ])
    assert.ok(HELP.includes(flag), flag);
});
