const DOT = 0x2e;

/** The name a file has beside its target until it is whole. No index has it, no listing shows it. */
export const TEMPORARY_PREFIX = '.sd-part-';

export function isTemporary(name: string): boolean {
  return name.charCodeAt(0) === DOT && name.startsWith(TEMPORARY_PREFIX);
}

export function temporaryName(plan: string, seq: number): string {
  return `${TEMPORARY_PREFIX}${plan.replaceAll('-', '').slice(-16)}-${seq}`;
}
