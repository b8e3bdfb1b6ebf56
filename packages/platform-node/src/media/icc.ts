const HEADER = 128;
const ENTRY = 12;
const MOST_TAGS = 100;
const LONGEST = 200;

/** The name an ICC profile goes by (ICC.1:2022, 9.2.41), from its `desc` tag in either of its two forms. */
export function iccName(profile: Buffer | undefined): string | undefined {
  if (!profile || profile.length < HEADER + 4) return undefined;
  const tags = Math.min(profile.readUInt32BE(HEADER), MOST_TAGS);
  for (let at = HEADER + 4; at < HEADER + 4 + tags * ENTRY && at + ENTRY <= profile.length; at += ENTRY) {
    if (profile.toString('latin1', at, at + 4) !== 'desc') continue;
    return described(profile.subarray(profile.readUInt32BE(at + 4)));
  }
  return undefined;
}

function described(tag: Buffer): string | undefined {
  if (tag.length < 28) return undefined;
  const type = tag.toString('latin1', 0, 4);
  const name =
    type === 'desc'
      ? tag.toString('latin1', 12, 12 + Math.min(tag.readUInt32BE(8), LONGEST))
      : type === 'mluc'
        ? utf16be(tag.subarray(tag.readUInt32BE(24)).subarray(0, Math.min(tag.readUInt32BE(20), LONGEST * 2)))
        : '';
  const cleaned = name.replaceAll('\0', '').trim().toWellFormed();
  return cleaned === '' ? undefined : cleaned;
}

function utf16be(bytes: Buffer): string {
  return new TextDecoder('utf-16be').decode(bytes);
}
