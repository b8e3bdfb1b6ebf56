import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { usage } from '../../errors.ts';
import { PRIVATE, remarkLeftOut } from '../../shared/private.ts';
import { exactPath } from '../../shared/exact-path.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const path = command({
  name: 'path',
  summary: 'Print where an entry or a content lies',
  details: ['An entry has one path. A content has as many as there are files with it, one per line, byte for byte.'],
  arguments: { id: required('the id of an entry, or content://ID') },
  options: PRIVATE,
  examples: [['sd path content://01234567-89ab-8cde-8123-456789abcdef', 'all files with this content']],
  calls: ['query:vdfs.path_of'],
  async run(sd, { id }, { private: all }) {
    const daemon = await sd.daemon();
    const found = await daemon.call('query:vdfs.path_of', { ...selector(id), private: all });
    if (sd.out.json) return sd.out.printJson(found);
    const lines = (found.paths ?? [found.path]).flatMap((one) => [exactPath({ path: one }), Buffer.from('\n')]);
    await sd.out.write(Buffer.concat(lines));
    remarkLeftOut(sd, found.private_left_out);
  },
});

function selector(typed: string): { content_id: string } | { uuid: string } | { id: number } {
  const content = /^content:\/\/(.*)$/i.exec(typed)?.[1];
  if (content !== undefined && UUID.test(content)) return { content_id: content.toLowerCase() };
  if (UUID.test(typed)) return { uuid: typed.toLowerCase() };
  if (/^[1-9]\d{0,15}$/.test(typed)) return { id: Number(typed) };
  throw usage(
    `"${typed}" is no id`,
    'sd info PATH shows the id of an entry and the content:// address of what is in it',
  );
}
