import { optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { EXIT } from '../../errors.ts';
import { printable } from '../../format/text.ts';
import { whichLibrary } from '../../shared/library.ts';

export const libraryVerify = command({
  name: 'library verify',
  summary: 'Check that a library is whole',
  details: ['Reads every page of the database and compares what must agree. Exits with 1 where it finds problems.'],
  arguments: { library: optional('the library, by name or id; may be left out where there is one', 'library') },
  options: {},
  examples: [],
  calls: ['query:libraries.verify', 'query:libraries.list'],
  async run(sd, { library }) {
    const daemon = await sd.daemon();
    const which = await whichLibrary(sd, library);
    const found = await daemon.call('query:libraries.verify', { which });
    const exit = found.ok ? EXIT.OK[0] : EXIT.FAILED[0];
    if (sd.out.json) {
      await sd.out.printJson(found);
      return exit;
    }
    const { green, red } = sd.out.colors;
    await sd.out.print(
      ...found.checked.map((what) => `${green('✓')} ${printable(what)}`),
      ...found.problems.map((what) => `${red('✗')} ${printable(what)}`),
    );
    if (!found.ok)
      sd.out.complain('', '  → sd library restore BACKUP brings an earlier state back; your files are not affected');
    return exit;
  },
});
