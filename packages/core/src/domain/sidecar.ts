import { z } from 'zod';
import { KIND_CODES, type Kind, kindOfCode } from './kinds.ts';

/** What is derived from a content. `facts` are a row of the library; the others are files beside it. */
export const SIDECAR_KINDS = ['facts', 'thumbnail_256', 'thumbnail_1024', 'strip', 'text'] as const;
export type SidecarKind = (typeof SIDECAR_KINDS)[number];

/** `made`; `none`: there is nothing of the kind in it, or nothing that can be had on this machine; `failed`: it broke. */
const SIDECAR_STATES = ['made', 'none', 'failed'] as const;
export type SidecarState = (typeof SIDECAR_STATES)[number];

/**
 * The version of the code that makes each kind. Raised when what it makes gets better: everything an older one made, or
 * failed at, is made again.
 */
export const MAKERS: Readonly<Record<SidecarKind, number>> = {
  facts: 1,
  thumbnail_256: 1,
  thumbnail_1024: 1,
  strip: 1,
  text: 1,
};

/** What a reader is asked for. */
export type MediaWant = 'facts' | 'thumbnails' | 'text';

const PICTURES: readonly SidecarKind[] = ['thumbnail_256', 'thumbnail_1024'];
const SIDECARS_OF: Partial<Record<Kind, readonly SidecarKind[]>> = {
  image: ['facts', ...PICTURES],
  video: ['facts', ...PICTURES, 'strip'],
  audio: ['facts', ...PICTURES],
  document: ['facts', ...PICTURES, 'text'],
  book: ['facts', ...PICTURES, 'text'],
  text: ['text'],
  code: ['text'],
  config: ['text'],
  subtitle: ['text'],
  calendar: ['text'],
  contact: ['text'],
  archive: ['facts', 'text'],
  package: ['facts', 'text'],
};

/** What is made of contents of this kind, by its code. */
export function sidecarsOf(kind: number): readonly SidecarKind[] {
  return SIDECARS_OF[kindOfCode(kind)] ?? [];
}

/** Codes of the kinds that anything is made of. */
export const KINDS_WITH_SIDECARS: readonly number[] = Object.keys(SIDECARS_OF).map((kind) => KIND_CODES[kind as Kind]);

/** What a reader has to be asked to get a kind of sidecar. */
export function wantOf(kind: SidecarKind): MediaWant {
  return kind === 'facts' || kind === 'text' ? kind : 'thumbnails';
}

/** Why there is none where only a program of the system is missing: once it is there, it is made. */
export function missingTool(tool: string): string {
  return `${tool} is not installed`;
}

/** A sidecar as clients see it. */
export const sidecarViewSchema = z.object({
  kind: z.enum(SIDECAR_KINDS),
  state: z.enum(SIDECAR_STATES),
  maker: z.int().describe('version of the code that made it'),
  current: z.boolean().describe('false: an older version made it, and it will be made again'),
  bytes: z.int().describe('of the file that holds it; 0 where there is none'),
  reason: z.string().optional().describe('why there is none, or why it failed'),
  made_at: z.int(),
});
export type SidecarView = z.infer<typeof sidecarViewSchema>;
