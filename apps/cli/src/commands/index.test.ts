import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { completionModel } from '../completion/model.ts';
import { bashScript } from '../completion/bash.ts';
import { fishScript } from '../completion/fish.ts';
import { zshScript } from '../completion/zsh.ts';
import { kebab } from '../declare/command.ts';
import { ACTION_OPTIONS, GLOBAL_OPTIONS, allOptions } from '../declare/globals.ts';
import { helpOn } from '../help/help.ts';
import { processOutput } from '../output/output.ts';
import { commands, groups } from './index.ts';

const declared = await Promise.all(commands.map(async (entry) => ({ entry, command: await entry.load() })));
const out = processOutput({ json: false, quiet: true, noColor: true });

test('the list names every file, once, by the path it has', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.includes('/') && !file.endsWith('.test.ts'),
  );
  const stems = files.map((file) => file.replace(/\.ts$/, '')).toSorted();
  const expected = declared.map(({ command, entry }) => {
    const words = command.name.split(' ');
    return words.length > 1
      ? words.join('/')
      : (stems.find(
          (stem) => stem.endsWith(`/${words[0]}`) && !groups.some((group) => stem.startsWith(`${group.name}/`)),
        ) ?? entry.name);
  });
  assert.deepEqual(expected.toSorted(), stems);
});

test('the list says what the declarations say', () => {
  for (const { entry, command } of declared)
    assert.deepEqual([entry.name, entry.summary], [command.name, command.summary]);
  for (const entry of commands)
    if (entry.name.includes(' '))
      assert.ok(
        groups.some((group) => entry.name.startsWith(`${group.name} `)),
        entry.name,
      );
});

test('no option means two things', () => {
  for (const { command } of declared) {
    const options = Object.entries(allOptions(command));
    const shorts = options.flatMap(([, option]) => option.short ?? []);
    assert.equal(new Set(shorts).size, shorts.length, `${command.name}: ${shorts.join(' ')}`);
    for (const key of Object.keys(command.options))
      assert.ok(!(key in GLOBAL_OPTIONS) && !(key in ACTION_OPTIONS), `${command.name} --${kebab(key)}`);
    const names = Object.keys(command.arguments);
    for (const [index, argument] of Object.values(command.arguments).entries())
      assert.ok(!argument.many || index === names.length - 1, `${command.name}: only the last argument takes the rest`);
  }
});

test('examples are commands that exist, with options that exist', async () => {
  for (const { command } of declared) {
    const known = new Set(
      Object.entries(allOptions(command)).flatMap(([key, option]) => [
        `--${kebab(key)}`,
        ...(option.short ? [`-${option.short}`] : []),
      ]),
    );
    for (const [line, what] of command.examples) {
      assert.ok(line.includes(`sd ${command.name}`), line);
      assert.ok(what.length > 0, line);
      const own = line.slice(line.indexOf(`sd ${command.name}`)).split('|')[0] ?? '';
      for (const word of own.replaceAll(/'[^']*'|"[^"]*"/g, '').match(/(?<=\s)--?[a-z0-9][a-z-]*/gi) ?? [])
        assert.ok(known.has(word), `${line}: ${word}`);
    }
  }
});

test('help explains every command with all of its options', async () => {
  const overview = (await helpOn(undefined, out)).join('\n');
  for (const { command } of declared) {
    assert.ok(overview.includes(`  ${command.name}  `), command.name);
    const page = (await helpOn(command.name, out)).join('\n');
    for (const key of Object.keys(allOptions(command)))
      assert.ok(page.includes(`--${kebab(key)}`), `${command.name} --${key}`);
  }
});

test('completion offers every command and option, in every shell', async () => {
  const model = await completionModel();
  for (const script of [bashScript(model), zshScript(model), fishScript(model)]) {
    for (const { command } of declared) {
      for (const word of command.name.split(' ')) assert.match(script, new RegExp(`\\b${word}\\b`), command.name);
      for (const key of Object.keys(allOptions(command)))
        assert.match(script, new RegExp(`(--|-l )${kebab(key)}\\b`), `${command.name} --${kebab(key)}`);
    }
  }
});
