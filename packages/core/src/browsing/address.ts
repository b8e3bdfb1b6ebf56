import { type SdPath, parseSdPath } from '../domain/sd-path.ts';
import { SdError } from '../errors.ts';

/** Reads what a client gave as an address. Throws `INVALID_INPUT`, and `NOT_FOUND` for another device's files. */
export function addressOf(text: string, device: { readonly slug: string }): SdPath {
  const parsed = parseSdPath(text, device.slug);
  if (!parsed.ok) throw new SdError('INVALID_INPUT', parsed.problem, { way_out: parsed.wayOut });
  const { path } = parsed;
  if (path.kind === 'local' && path.device !== device.slug) {
    throw new SdError(
      'NOT_FOUND',
      `${JSON.stringify(text)} is on the device "${path.device}"; this one is "${device.slug}"`,
      {
        way_out: `write local://${device.slug}/… or a plain path for what is here`,
      },
    );
  }
  return path;
}
