import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { facts } from '../../output/table.ts';

export const device = command({
  name: 'device',
  summary: 'Show this device as others see it: name, slug, public key',
  details: ['The slug stands in addresses: local://SLUG/path.'],
  arguments: {},
  options: {},
  examples: [],
  calls: ['query:core.device'],
  async run(sd) {
    const daemon = await sd.daemon();
    const found = await daemon.call('query:core.device');
    if (sd.out.json) return sd.out.printJson(found);
    await sd.out.print(
      ...facts(
        [
          ['Name', printable(found.name)],
          ['Slug', found.slug],
          ['Id', found.id],
          ['Public key', found.public_key],
        ],
        sd.out.colors.dim,
      ),
    );
  },
});
