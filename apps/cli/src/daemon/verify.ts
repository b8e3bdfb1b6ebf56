import type { Sd } from '../sd.ts';
import type { Verification } from '../wire.ts';

/** Has an action looked at again, and prints what was seen. Answers the exit code. */
export async function verify(sd: Sd, action: string, receipt: string): Promise<number> {
  const daemon = await sd.daemon();
  const seen = (await daemon.request(`verify:${action}`, { receipt })) as Verification;
  if (sd.out.json) await sd.out.printJson(seen);
  else {
    const { verificationLines } = await import('../output/verification.ts');
    await sd.out.print(...verificationLines(seen, sd.out.colors));
  }
  return seen.ok ? 0 : 1;
}
