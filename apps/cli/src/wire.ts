// The shapes of the wire that commands print. Types only.

export type EntryType = 'file' | 'folder' | 'symlink' | 'other';
export interface FolderTotals {
  readonly bytes: number;
  readonly files: number;
  readonly folders: number;
  readonly children: number;
}
export interface EntryView {
  readonly id?: number;
  readonly uuid?: string;
  readonly name: string;
  readonly path: string;
  readonly native_path: string;
  readonly type: EntryType;
  readonly kind: string;
  readonly extension?: string;
  readonly size: number;
  readonly modified: number;
  readonly hidden: boolean;
  readonly indexed: boolean;
  readonly content_id?: string;
  readonly folder?: FolderTotals;
  readonly links?: number;
  readonly target?: string;
  readonly location?: string;
  readonly offline?: true;
}
export interface EntryInfo extends EntryView {
  readonly instances?: number;
  readonly full_hash?: string;
  readonly problem?: string;
}
export interface Listing {
  readonly folder: EntryView;
  readonly entries: readonly EntryView[];
  readonly total: number;
  readonly next_cursor?: string;
  readonly source: 'index' | 'disk' | 'both';
}
export interface LocationRules {
  readonly hidden: boolean;
  readonly system: boolean;
  readonly caches: boolean;
  readonly dev_folders: boolean;
  readonly gitignore: boolean;
  readonly exclude: readonly string[];
  readonly include: readonly string[];
  readonly cross_mounts: boolean;
}
export interface LocationView {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly native_path: string;
  readonly mode: 'shallow' | 'content';
  readonly state: 'online' | 'offline' | 'indexing' | 'unreadable';
  readonly rules: LocationRules;
  readonly device: string;
  readonly created_at: number;
  readonly indexed_at?: number;
  readonly totals: { readonly bytes: number; readonly files: number; readonly folders: number };
  readonly left_out: { readonly entries: number };
  readonly problems: { readonly unreadable: number; readonly vanished: number; readonly other: number };
}
export interface KindTotal {
  readonly kind: string;
  readonly files: number;
  readonly bytes: number;
}
export interface LocationInfo extends LocationView {
  readonly kinds: readonly KindTotal[];
  readonly last_scan?: ScanResult;
}
export interface ScanResult {
  readonly files: number;
  readonly folders: number;
  readonly other: number;
  readonly bytes: number;
  readonly added: number;
  readonly modified: number;
  readonly moved: number;
  readonly removed: number;
  readonly unchanged: number;
  readonly unreadable: number;
  readonly vanished: number;
  readonly left_out: number;
  readonly identified: number;
  readonly identified_bytes: number;
  readonly duration_ms: number;
  readonly problems: readonly { readonly path: string; readonly reason: string }[];
  readonly interrupted?: boolean;
}
export type JobState = 'queued' | 'running' | 'paused' | 'completed' | 'failed' | 'cancelled';
export interface JobProgress {
  readonly phase: string;
  readonly done: number;
  readonly total?: number;
  readonly bytes: number;
  readonly bytes_total?: number;
  readonly rate: number;
  readonly remaining_ms?: number;
  readonly detail?: string;
}
export interface JobInfo {
  readonly id: string;
  readonly kind: string;
  readonly library: string;
  readonly subject: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly state: JobState;
  readonly stopping?: 'pause' | 'cancel';
  readonly progress: JobProgress;
  readonly created_at: number;
  readonly started_at?: number;
  readonly ended_at?: number;
  readonly result?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}
export interface LibrarySummary {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly state: 'open' | 'closed' | 'locked' | 'missing' | 'in_use' | 'newer_format' | 'damaged';
  readonly reason?: string;
  readonly protection: 'keychain' | 'key_file' | 'passphrase';
}
export interface LibraryInfo extends LibrarySummary {
  readonly created_at: number;
  readonly format: number;
  readonly locations: number;
  readonly entries: number;
  readonly database_bytes: number;
  readonly last_backup?: number;
  readonly revision: number;
}
export interface LibraryStatistics {
  readonly entries: number;
  readonly files: number;
  readonly folders: number;
  readonly bytes: number;
  readonly kinds: readonly KindTotal[];
  readonly largest: readonly EntryView[];
  readonly extensions: readonly { readonly extension: string; readonly files: number; readonly bytes: number }[];
  readonly locations: number;
  readonly contents: number;
  readonly duplicates: { readonly groups: number; readonly files: number; readonly reclaimable_bytes: number };
  readonly database_bytes: number;
  readonly text_index: { readonly state: 'building' | 'ready'; readonly done: number; readonly total: number };
  readonly revision: number;
}
export interface CoreStatus {
  readonly version: string;
  readonly protocol: number;
  readonly uptime_ms: number;
  readonly device: { readonly id: string; readonly name: string; readonly slug: string };
  readonly libraries: readonly { readonly id: string; readonly name: string; readonly state: string; readonly locations?: number }[];
  readonly services: readonly { readonly name: string; readonly state: 'running' | 'stopped' | 'failed'; readonly detail?: string }[];
  readonly jobs: { readonly running: number; readonly queued: number; readonly paused: number };
  readonly sessions: number;
  readonly event_subscribers: number;
  readonly host?: Readonly<Record<string, unknown>>;
}
export interface Plan {
  readonly plan_id: string;
  readonly operation: string;
  readonly expires_at: number;
  readonly summary: string;
  readonly steps: readonly { readonly what: string; readonly target: string; readonly detail?: string }[];
  readonly bytes?: number;
  readonly conflicts: readonly { readonly id: string; readonly about: string; readonly choices: readonly string[]; readonly default: string }[];
  readonly warnings: readonly string[];
}
export interface SearchAnswer {
  readonly entries: readonly EntryView[];
  readonly total: { readonly count: number; readonly more: boolean };
  readonly next_cursor?: string;
  readonly text_index: 'ready' | 'building';
}
export interface DuplicateGroup {
  readonly content_id: string;
  readonly size: number;
  readonly count: number;
  readonly reclaimable_bytes: number;
  readonly verified: 'candidate' | 'verified' | 'partly';
  readonly entries: readonly EntryView[];
  readonly entries_total: number;
}
export interface DuplicatesAnswer {
  readonly groups: readonly DuplicateGroup[];
  readonly total: { readonly groups: number; readonly reclaimable_bytes: number };
  readonly next_cursor?: string;
}
export interface InstancesAnswer {
  readonly content_id: string;
  readonly hash: string;
  readonly full_hash?: string;
  readonly size: number;
  readonly kind: string;
  readonly entries: readonly EntryView[];
}
