import picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** `isTTY` is undefined where there is no terminal, and left to itself picocolors would then colour in any CI. */
export function colorsIf(wanted: boolean | undefined): Colors {
  return picocolors.createColors(wanted === true);
}
