import { showNative } from '@sd/core/domain/native-path.ts';
import mime from 'mime';

/** What a browser shows by itself without running anything of it. */
const SHOWN = /^(image\/(?!svg)|video\/|audio\/|text\/plain$|application\/pdf$)/;

/**
 * Headers that keep a file a file: it is what its name says and nothing else (`nosniff`), and if it is a page it has no
 * origin, no scripts and no requests. What a browser does not simply show is offered to be saved.
 */
export function contentHeaders(name: string, download: boolean): Record<string, string> {
  const type = mime.getType(name) ?? 'application/octet-stream';
  const disposition = download || !SHOWN.test(type) ? 'attachment' : 'inline';
  return {
    'content-type': type,
    'content-disposition': `${disposition}; ${fileName(showNative(name))}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src data:",
  };
}

/** RFC 6266: the exact name in UTF-8, and one for whoever does not read that. */
function fileName(name: string): string {
  const plain = name.replaceAll(/[^\u0020-\u007e]|["\\%]/g, '_');
  const exact = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${exact}`;
}
