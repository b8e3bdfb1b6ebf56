import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { volumeLines } from '../../output/volume.ts';

export const volumeInfo = command({
  name: 'volume info',
  summary: 'Show a disk or a share',
  arguments: { volume: required('the volume, by name, id or mount path', 'volume') },
  options: {},
  examples: [['sd volume info /media/ada/Backup', 'by where it is mounted']],
  calls: ['query:volumes.info'],
  async run(sd, { volume }) {
    const daemon = await sd.daemon();
    const found = await daemon.call('query:volumes.info', { volume });
    if (sd.out.json) return sd.out.printJson(found);
    await sd.out.print(...volumeLines(found, sd.out));
  },
});
