import { type MediaFacts, believedFacts } from '../domain/media.ts';
import { type SidecarKind, type SidecarState, missingTool, wantOf } from '../domain/sidecar.ts';
import type { MediaProblem } from '../ports/media.ts';
import type { ReadFile } from './making-protocol.ts';

/** What came of one kind of sidecar. */
export interface MadeSidecar {
  readonly kind: SidecarKind;
  readonly state: SidecarState;
  readonly reason?: string;
  /** Of a picture. */
  readonly bytes?: Uint8Array;
  /** Of facts. */
  readonly facts?: MediaFacts;
  /** Of what is kept elsewhere. */
  readonly size?: number;
}

const LONGEST_REASON = 500;

/** What a file's reading gives for each of the kinds that were asked for. */
export function madeSidecars(
  kinds: readonly SidecarKind[],
  file: Exclude<ReadFile, { type: 'refused' }>,
): MadeSidecar[] {
  if (file.type === 'killed')
    return kinds.map((kind) => ({ kind, state: 'failed', reason: file.reason.slice(0, LONGEST_REASON) }));
  const { outcome, textBytes } = file;
  const facts = believedFacts(outcome.facts ?? {});
  return kinds.map((kind): MadeSidecar => {
    if (kind === 'facts' && Object.keys(facts).some((name) => name !== 'format')) return { kind, state: 'made', facts };
    if (kind === 'text' && textBytes !== undefined) return { kind, state: 'made', size: textBytes };
    const image = outcome.images?.find((made) => made.kind === kind);
    if (image) return { kind, state: 'made', bytes: image.bytes };
    return { kind, ...why(outcome.problems.find(({ want }) => want === wantOf(kind))) };
  });
}

function why(problem: MediaProblem | undefined): Pick<MadeSidecar, 'state' | 'reason'> {
  if (!problem) return { state: 'none', reason: 'there is none in it' };
  if (problem.tool !== undefined) return { state: 'none', reason: missingTool(problem.tool) };
  return { state: problem.broken ? 'failed' : 'none', reason: problem.reason.slice(0, LONGEST_REASON).toWellFormed() };
}
