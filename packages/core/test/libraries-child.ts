// A process that does one thing to a library and can be killed on the way: `libraries-child.ts FOLDER WORK [STEP]`.
// With a step it kills itself with -9 before its STEPth change of the disk; without one it goes on until it is killed.
import { writeSync } from 'node:fs';
import { setLibraryFacts } from '../src/db/library/facts.ts';
import type { Platform } from '../src/platform.ts';
import { addEntries, openLibraries } from '../src/testing/library-fixture.ts';
import { twoFormats } from './two-formats.ts';

const [folder = '', work = '', step = '0'] = process.argv.slice(2);
let left = Number(step);
// Its start is counted too, as it repairs what an earlier kill left; but each library made makes the start longer.
let counting = work !== 'create';

function dying(platform: Platform): Platform {
  if (left === 0) return platform;
  const die = (): void => {
    if (counting && --left === 0) process.kill(process.pid, 'SIGKILL');
  };
  const { files } = platform;
  return {
    ...platform,
    files: {
      ...files,
      makeFolder: (path, options) => (die(), files.makeFolder(path, options)),
      replaceFile: (path, bytes, options) => (die(), files.replaceFile(path, bytes, options)),
      rename: (from, to) => (die(), files.rename(from, to)),
      remove(path) {
        // Removing what is not there changes nothing.
        if (files.facts(path)) die();
        files.remove(path);
      },
    },
    secrets: { ...platform.secrets, set: (name, value) => (die(), platform.secrets.set(name, value)) },
    workers: { ...platform.workers, spawn: (role, options) => (die(), platform.workers.spawn(role, options)) },
    sqlite: {
      ...platform.sqlite,
      open: (options) => (options.mode === 'read' || die(), platform.sqlite.open(options)),
      copy: (options) => (die(), platform.sqlite.copy(options)),
    },
  };
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const { libraries } = await openLibraries(folder, {
  platform: dying,
  ...(work === 'migrate' ? { migrations: twoFormats(() => void writeSync(1, 'migrating\n')) } : {}),
});

const WORKS: Record<string, () => Promise<unknown>> = {
  create: () => libraries.create({ name: `New ${process.pid}` }),
  backup: () => libraries.backup('L'),
  restore: async () => libraries.restore((await libraries.info('L')).last_backup?.path ?? '', { replace: 'L' }),
  change_key: () => libraries.changeKey('L', {}),
  // Its start already brought the library up to date.
  migrate: async () => libraries.open('L'),
  async write() {
    await addEntries(libraries, 'L', [`name ${process.pid}`]);
    const library = libraries
      .open('L')
      .recorded({ receipt: crypto.randomUUID(), operation: 'test.write', client: 'test', input: {} });
    const revision = await library.write((tx) => {
      setLibraryFacts(tx, { created_at: tx.revision });
      return tx.revision;
    });
    say(`wrote ${revision}`);
  },
};

say('ready');
counting = true;
do {
  await WORKS[work]?.();
  say('done');
} while (step === '0' && work !== 'migrate');
await libraries.stop();
