/** Colours are told apart by the upper bits of each channel: 16 steps. */
const STEP_BITS = 4;
const MOSTLY_SEEN = 128;

/** The colour that most of a small picture has, `#rrggbb`: the mean of the fullest of 4,096 groups. */
export function dominantColor(rgba: Uint8Array): string | undefined {
  const groups = new Map<number, { count: number; red: number; green: number; blue: number }>();
  for (let at = 0; at + 3 < rgba.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(at, at + 4);
    if (alpha < MOSTLY_SEEN) continue;
    const key = ((red >> STEP_BITS) << 8) | ((green >> STEP_BITS) << 4) | (blue >> STEP_BITS);
    const group = groups.get(key) ?? { count: 0, red: 0, green: 0, blue: 0 };
    group.count++;
    group.red += red;
    group.green += green;
    group.blue += blue;
    groups.set(key, group);
  }
  let fullest: { count: number; red: number; green: number; blue: number } | undefined;
  for (const group of groups.values()) if (!fullest || group.count > fullest.count) fullest = group;
  if (!fullest) return undefined;
  const { count, red, green, blue } = fullest;
  return `#${[red, green, blue]
    .map((sum) =>
      Math.round(sum / count)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}
