import { command } from '../../declare/command.ts';
import { optional } from '../../declare/argument.ts';
import { usage } from '../../errors.ts';
import { facts } from '../../output/table.ts';
import type { Settings } from '../../wire.ts';

export const settingsGet = command({
  name: 'settings get',
  summary: 'Show the settings, or one of them',
  details: ['"sd settings" does the same.'],
  arguments: { name: optional('which; all, if left out', ['performance']) },
  options: {},
  examples: [['sd settings get performance', 'only the value']],
  calls: ['query:settings.get'],
  async run(sd, { name }) {
    const daemon = await sd.daemon();
    const settings = await daemon.call('query:settings.get');
    const wanted = name === undefined ? settings : valueOf(settings, name);
    if (sd.out.json) return sd.out.printJson(wanted);
    if (typeof wanted === 'string') return sd.out.print(wanted);
    await sd.out.print(...facts(Object.entries(settings), sd.out.colors.dim));
  },
});

function valueOf(settings: Settings, name: string): string {
  const value = Object.entries(settings).find(([known]) => known === name)?.[1];
  if (value === undefined) throw usage(`there is no setting "${name}"`, `there is ${Object.keys(settings).join(', ')}`);
  return value;
}
