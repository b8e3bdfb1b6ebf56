import assert from 'node:assert/strict';
import { test } from 'node:test';

import { any, optional, required, some } from '../declare/argument.ts';
import { command } from '../declare/command.ts';
import { choices, each, flag, integer, list, moment, size, text } from '../declare/option.ts';
import { CliError } from '../errors.ts';
import { findCommand } from './find-command.ts';
import { parse } from './parse.ts';

const sample = command({
  name: 'sample',
  summary: 'For tests',
  arguments: { first: required('the first thing'), rest: any('the rest') },
  options: {
    all: flag('all', { short: 'a' }),
    noWait: flag('at once'),
    kind: choices('KIND', ['image', 'video'], 'kinds', { short: 'k' }),
    ext: list('EXT', 'extensions'),
    exclude: each('GLOB', 'globs'),
    limit: integer('N', 'how many', { min: 1, max: 10 }, { short: 'n' }),
    larger: size('size'),
    newer: moment('when'),
    name: text('NAME', 'name'),
  },
  examples: [],
  calls: [],
  async run() {},
});

const refused = (expected: RegExp, wayOut?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof CliError);
  assert.equal(error.exit, 'USAGE');
  assert.match(error.message, expected);
  if (wayOut) assert.match(error.wayOut ?? '', wayOut);
  return true;
};

test('everything that is declared is read', async () => {
  const line = [
    '-a',
    'one',
    '--no-wait',
    '-k',
    'image,VIDEO',
    '--ext=pdf',
    '--ext',
    'docx',
    '--exclude',
    '*.{a,b}',
    '-n5',
    '--larger',
    '1kB',
    '--name',
    'x y',
    'two',
    '--json',
    '--',
    '-three',
  ];
  const { args, options } = await parse(sample, line);
  assert.deepEqual(args, { first: 'one', rest: ['two', '-three'] });
  assert.deepEqual(
    { ...options },
    {
      all: true,
      noWait: true,
      kind: ['image', 'video'],
      ext: ['pdf', 'docx'],
      exclude: ['*.{a,b}'],
      limit: 5,
      larger: 1000,
      newer: undefined,
      name: 'x y',
      json: true,
      quiet: false,
      noColor: false,
      library: undefined,
      dataDir: undefined,
      instance: undefined,
      help: false,
    },
  );
});

test('what is left out is not there', async () => {
  const { args, options } = await parse(sample, ['one']);
  assert.deepEqual(args, { first: 'one', rest: [] });
  assert.deepEqual(
    [options['all'], options['noWait'], options['noColor'], options['kind'], options['limit']],
    [false, false, false, undefined, undefined],
  );
});

test('what is wrong is said, with a way out', async () => {
  await assert.rejects(
    parse(sample, ['one', '--exclud', 'x']),
    refused(/no option --exclud$/, /did you mean --exclude/),
  );
  await assert.rejects(parse(sample, ['one', '-z']), refused(/no option -z/, /after --/));
  await assert.rejects(parse(sample, []), refused(/FIRST, the first thing/));
  await assert.rejects(
    parse(sample, ['one', '--kind', 'imag']),
    refused(/--kind takes one of image, video/, /did you mean image/),
  );
  await assert.rejects(
    parse(sample, ['one', '-n', '11']),
    refused(/--limit takes a whole number from 1 to 10, not "11"/),
  );
  await assert.rejects(parse(sample, ['one', '--larger', 'big']), refused(/--larger takes a size/));
  await assert.rejects(parse(sample, ['one', '--newer', 'then']), refused(/--newer takes a date/));
  await assert.rejects(parse(sample, ['one', '--name']), refused(/--name needs a value/));
  await assert.rejects(
    parse({ ...sample, arguments: { only: optional('one') } }, ['one', 'two']),
    refused(/takes one argument/),
  );
  await assert.rejects(parse({ ...sample, arguments: { those: some('things') } }, []), refused(/THOSE/));
});

test('words that an argument takes with their dash are no options', async () => {
  const dashed = (word: string): boolean => /^-(?:[a-z]+:|\w+ )/.test(word);
  const finding = { ...sample, arguments: { words: { ...some('words'), dashed } } };
  const { args, options } = await parse(finding, ['-tag:x', '-n', '3', '-draft report', '--', '-a:b']);
  assert.deepEqual([args, options['limit']], [{ words: ['-tag:x', '-draft report', '-a:b'] }, 3]);
  // An option and its value, with a space in it.
  await assert.rejects(parse(finding, ['one', '-kima ge']), refused(/--kind takes one of/));
  await assert.rejects(parse(finding, ['-z']), refused(/no option -z/, /in quotes/));
});

test('only commands that change something can be planned', async () => {
  await assert.rejects(parse(sample, ['one', '--dry-run']), refused(/no option --dry-run/));
  const { options } = await parse({ ...sample, calls: ['action:a.b'] }, ['one', '--dry-run', '-y']);
  assert.deepEqual([options['dryRun'], options['yes']], [true, true]);
});

test('the command is found whatever stands around its words', async () => {
  const found = async (...argv: string[]): Promise<[string | undefined, readonly string[]]> => {
    const { entry, rest } = await findCommand(argv);
    return [entry?.name, rest];
  };
  assert.deepEqual(await found('ls', 'ls'), ['ls', ['ls']]);
  assert.deepEqual(await found('--json', '-L', 'ls', 'location', '--quiet', 'add', '/x'), [
    'location add',
    ['--json', '-L', 'ls', '--quiet', '/x'],
  ]);
  assert.deepEqual(await found('--json'), [undefined, ['--json']]);
  assert.deepEqual(await found('location', '--help'), [undefined, ['--help']]);
});

test('a command that is not there is answered with those that are', async () => {
  await assert.rejects(findCommand(['serch']), refused(/no command "serch"/, /sd help/));
  await assert.rejects(findCommand(['fnd']), refused(/no command "fnd"/, /did you mean "sd find"/));
  await assert.rejects(findCommand(['add', '/x']), refused(/no command "add"/, /did you mean .*"sd location add"/));
  await assert.rejects(
    findCommand(['location', 'rescn']),
    refused(/no command "rescn"/, /did you mean "sd location rescan"/),
  );
  await assert.rejects(
    findCommand(['job', 'zzz']),
    refused(/no command "zzz"/, /monitor, list, info, log, pause, resume, cancel, retry, clear/),
  );
});
