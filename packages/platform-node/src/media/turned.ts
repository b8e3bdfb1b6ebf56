import type { Sharp } from 'sharp';

/** Turned and mirrored as EXIF's orientation says; other numbers than 2 to 8 change nothing. */
export function turned(image: Sharp, orientation: number): Sharp {
  const mirrored = orientation === 2 || orientation === 4 || orientation === 5 || orientation === 7;
  const degrees =
    orientation === 3 || orientation === 4
      ? 180
      : [6, 7].includes(orientation)
        ? 90
        : [5, 8].includes(orientation)
          ? 270
          : 0;
  // Mirrored first, then turned: the order in which the camera's numbers are defined.
  const upright = mirrored ? image.flop() : image;
  return degrees === 0 ? upright : upright.rotate(degrees);
}

/** Whether a picture of this orientation is shown with its sides exchanged. */
export function liesOnItsSide(orientation: number | undefined): boolean {
  return orientation !== undefined && orientation >= 5 && orientation <= 8;
}
