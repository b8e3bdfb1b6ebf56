/**
 * Whether `given` is the secret, in a time that depends on neither's content: every byte of the secret is looked at,
 * whatever was given.
 */
export function sameSecret(given: string, secret: string): boolean {
  const encoder = new TextEncoder();
  const [a, b] = [encoder.encode(given), encoder.encode(secret)];
  let difference = a.length ^ b.length;
  for (let i = 0; i < b.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  // An empty secret is a missing one, and opens nothing.
  return difference === 0 && b.length > 0;
}
