import { basenameOf, parentOf } from '../domain/native-path.ts';

/** Two paths that differ in the case of the name only: one and the same where case does not count. */
export function sameButForCase(one: string, other: string): boolean {
  return one !== other && parentOf(one) === parentOf(other) && folded(one) === folded(other);
}

function folded(path: string): string {
  return basenameOf(path).normalize().toLowerCase();
}
