import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { count, formatNumber } from '../../format/number.ts';
import { formatSize } from '../../format/size.ts';
import { printable } from '../../format/text.ts';
import { table } from '../../output/table.ts';
import { addressOf, locationOf } from '../../shared/address.ts';
import { PRIVATE, remarkLeftOut } from '../../shared/private.ts';
import { RULE_OPTIONS, rulesOf } from '../../shared/rules.ts';
import type { LocationView } from '../../wire.ts';

export const locationRules = command({
  name: 'location rules',
  summary: 'Show what rules leave out, and how much that weighs',
  details: [
    'Of a location, or of any folder before it is added. With rules given, it shows what they would do; nothing is changed.',
  ],
  arguments: { location: required('a location by name or id, or the path of any folder', 'location') },
  options: { ...RULE_OPTIONS, ...PRIVATE },
  examples: [
    ['sd location rules Work', 'what is left out now'],
    ['sd location rules ~/src --leave-out gitignore', 'what would be left out'],
  ],
  calls: ['query:locations.preview_rules', 'query:locations.list'],
  async run(sd, { location }, { private: all, ...options }) {
    const daemon = await sd.daemon();
    const rules = rulesOf(options);
    const target = await targetOf(location, () => daemon.call('query:locations.list'));
    const preview = await daemon.call('query:locations.preview_rules', {
      ...target,
      ...(rules ? { rules } : {}),
      private: all,
    });
    if (sd.out.json) return sd.out.printJson(preview);
    const { dim } = sd.out.colors;
    if (preview.left_out.length > 0) {
      const rows = preview.left_out
        .toSorted((a, b) => b.bytes - a.bytes || b.files - a.files)
        .map((one) => [
          formatSize(one.bytes),
          formatNumber(one.files),
          one.rule.replaceAll('_', '-'),
          `${printable(one.native_path)}${one.type === 'folder' ? '/' : ''}`,
        ]);
      const columns = [
        { title: 'Size', align: 'right' },
        { title: 'Files', align: 'right' },
        { title: 'Rule' },
        { title: 'Path', shrink: 'middle' },
      ] as const;
      await sd.out.print(...table(columns, rows, { columns: sd.out.columns, paintTitle: dim }), '');
    }
    const { totals } = preview;
    await sd.out.print(
      `left out  ${count(totals.files, 'file')}, ${formatSize(totals.bytes)}`,
      `kept      ${count(totals.kept_files, 'file')}, ${formatSize(totals.kept_bytes)}`,
    );
    remarkLeftOut(sd, preview.private_left_out);
    if (!preview.complete) sd.out.remark(dim('There is more than was counted: the numbers are the least there is.'));
  },
});

/** A word may be a location's name or a folder right here: the location wins. */
async function targetOf(
  typed: string,
  list: () => Promise<{ locations: LocationView[] }>,
): Promise<{ location: string } | { path: string }> {
  const named = locationOf(typed);
  const { locations } = await list();
  const known = locations.find((one) => one.name === typed || one.id === typed || one.native_path === named);
  return known ? { location: known.id } : { path: addressOf(typed) };
}
