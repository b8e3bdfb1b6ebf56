import { completed, followJob } from '../daemon/follow.ts';
import type { Sd } from '../sd.ts';
import type { JobInfo, ScanResult } from '../wire.ts';
import { jobProgress } from './job-line.ts';
import { phaseOutcome } from './phases.ts';

/**
 * Follows the scan of a location with live progress; answers what it found. Throws where it did not complete. With
 * `--json` the job as it ended is printed, on the line after the action's answer.
 */
export async function followScan(sd: Sd, job: JobInfo, again: string): Promise<ScanResult> {
  const progress = jobProgress(sd.out);
  const ended = await followJob(sd, job, progress.show).finally(progress.end);
  if (sd.out.json) await sd.out.printJson(ended);
  const outcome = phaseOutcome(ended);
  completed(ended, {
    whatStays: `Stopped. What is in the index stays${outcome === undefined ? '' : `: ${outcome}`}.`,
    wayOut: `${again} goes on from there`,
  });
  return ended.result as ScanResult;
}
