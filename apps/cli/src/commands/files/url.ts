import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { CliError, usage } from '../../errors.ts';
import { addressOf } from '../../shared/address.ts';

const CONTENT = /^content:\/\/(.+)$/i;

export const url = command({
  name: 'url',
  summary: 'Print a URL under which a browser on this machine opens a file',
  details: [
    'Good for this file alone, for one to two hours, and only while the daemon runs. It needs the HTTP port, which is off unless config.json in the data folder asks for it: {"websocket": {"port": 0}}.',
  ],
  arguments: { path: required('an indexed file, or content://ID', 'path') },
  options: {},
  examples: [['sd url ~/Videos/party.mp4', 'open it in a browser, or a player that can seek']],
  calls: ['query:vdfs.entry_info', 'query:library.media_url', 'query:core.status'],
  async run(sd, { path }) {
    const daemon = await sd.daemon();
    const content = CONTENT.exec(path)?.[1];
    const file = content?.toLowerCase() ?? (await daemon.call('query:vdfs.entry_info', { path: addressOf(path) })).id;
    if (file === undefined) throw usage(`${path} is not indexed`, 'sd location add FOLDER indexes it');
    const { host } = await daemon.call('query:core.status');
    const port = host?.['websocket_port'];
    if (typeof port !== 'number')
      throw new CliError('REFUSED', 'the HTTP port is off', {
        code: 'UNAVAILABLE',
        wayOut: 'write {"websocket": {"port": 0}} to config.json in the data folder, then sd restart',
      });
    const signed = await daemon.call('query:library.media_url', { file });
    const shown = `http://127.0.0.1:${port}${signed.path}?${signed.query}`;
    if (sd.out.json) return sd.out.printJson({ url: shown, expires_at: signed.expires_at });
    await sd.out.print(shown);
  },
});
