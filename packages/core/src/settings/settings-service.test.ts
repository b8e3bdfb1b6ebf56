import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { nodeFiles } from '@sd/platform-node/files.ts';
import { EventBus } from '../events.ts';
import { temporaryFolder } from '../testing/open-test-core.ts';
import { realClock } from '../testing/job-fixture.ts';
import { SettingsService } from './settings-service.ts';

function open(context: TestContext, text?: string) {
  const dataFolder = temporaryFolder(context);
  const file = `${dataFolder}/settings.json`;
  if (text !== undefined) writeFileSync(file, text);
  const lines: string[] = [];
  const add = (line: string): void => void lines.push(line);
  const log = { debug: add, info: add, warn: add, error: add, child: () => log };
  const again = (): SettingsService =>
    new SettingsService({
      files: nodeFiles,
      clock: realClock,
      log,
      events: new EventBus('test', Date.now),
      dataFolder,
    });
  return { dataFolder, file, lines, again, settings: again() };
}

test('what was set is there after a restart, and told to who listens', (context) => {
  const { settings, again } = open(context);
  assert.deepEqual(settings.get(), { performance: 'balanced' });
  const heard: string[] = [];
  settings.onChange(({ performance }) => heard.push(performance));
  assert.deepEqual(settings.update({ performance: 'full' }), { performance: 'full' });
  assert.deepEqual(heard, ['full']);
  assert.deepEqual(again().get(), { performance: 'full' });
});

test('what a newer version wrote stays in the file, and counts as not set', (context) => {
  const { settings, file } = open(context, '{"performance": "ludicrous", "colour": "blue"}');
  assert.deepEqual(settings.get(), { performance: 'balanced' });
  settings.update({ performance: 'gentle' });
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), { performance: 'gentle', colour: 'blue' });
});

test('a file that is broken is set aside, not written over', (context) => {
  for (const broken of ['{"performance"', '[]', '']) {
    const { settings, dataFolder, lines } = open(context, broken);
    assert.deepEqual(settings.get(), { performance: 'balanced' });
    const [aside = ''] = readdirSync(dataFolder);
    assert.match(aside, /^settings\.json\.unreadable-\d+$/);
    assert.equal(readFileSync(`${dataFolder}/${aside}`, 'utf8'), broken);
    assert.match(lines.join(), /set aside/);
  }
});
