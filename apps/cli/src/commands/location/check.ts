import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { EXIT } from '../../errors.ts';
import { printable } from '../../format/text.ts';
import { addressOf } from '../../shared/address.ts';
import { shellWord } from '../../shared/shell-word.ts';

export const locationCheck = command({
  name: 'location check',
  summary: 'Say whether a folder can be added',
  details: ['Exits with 4 where it cannot.'],
  arguments: { folder: required('the folder', 'folder') },
  options: {},
  examples: [],
  calls: ['query:locations.validate_path'],
  async run(sd, { folder }) {
    const daemon = await sd.daemon();
    const found = await daemon.call('query:locations.validate_path', { path: addressOf(folder) });
    const exit = found.ok ? EXIT.OK[0] : EXIT.REFUSED[0];
    const { green, red, yellow } = sd.out.colors;
    if (sd.out.json) await sd.out.printJson(found);
    else if (found.ok) await sd.out.print(`${green('✓')} ${printable(found.native_path ?? folder)} can be added`);
    else await sd.out.print(`${red('✗')} ${printable(found.problem?.message ?? '')}`);
    if (!sd.out.json) await sd.out.print(...found.warnings.map((warning) => yellow(`  ! ${printable(warning)}`)));
    const wayOut = found.ok ? `sd location add ${shellWord(folder)}` : found.problem?.way_out;
    if (wayOut !== undefined) sd.out.remark(`  → ${printable(wayOut)}`);
    return exit;
  },
});
