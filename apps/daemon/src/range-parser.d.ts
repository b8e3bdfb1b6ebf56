/** The part of the package that is used; it comes without types. */
declare module 'range-parser' {
  /** -1: no range lies within the size; -2: the header is not understood. `end` is inclusive. */
  export default function parseRange(
    size: number,
    header: string,
    options?: { combine?: boolean },
  ): -1 | -2 | (readonly { readonly start: number; readonly end: number }[] & { readonly type: string });
}
