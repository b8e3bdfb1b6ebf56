import type { Methods } from '@sd/client/methods.ts';

/** What the daemon answers to a method. */
export type Answer<M extends keyof Methods> = Methods[M]['result'];

// The shapes that more than one file prints, each by the word for it.
export type Listing = Answer<'query:vdfs.list_entries'>;
export type EntryView = Listing['entries'][number];
export type EntryInfo = Answer<'query:vdfs.entry_info'>;
export type LocationView = Answer<'query:locations.list'>['locations'][number];
export type LocationRules = LocationView['rules'];
export type ScanResult = NonNullable<Answer<'query:locations.info'>['last_scan']>;
/** The result of a job of the kind `locations.verify`. */
export type { LocationReport } from '@sd/core/verifying/report.ts';
/** The result of a job of the kind `library.export`. */
export type { ExportResult } from '@sd/core/exporting/result.ts';
/** The result of a job of the kind `entries.carry_out`. */
export type { Carried } from '@sd/core/domain/carried.ts';
/** The result of a job of the kind `tags.travel`. */
export type { TravelResult } from '@sd/core/travel/facts.ts';
export type PlanSteps = Answer<'query:plans.steps'>;
export type PlanStep = PlanSteps['steps'][number];
export type Conflict = NonNullable<PlanStep['question']>;
export type Verification = Answer<'verify:entries.copy'>;
export type TrashList = Answer<'query:entries.list_trash'>;
/** What people said of a file. */
export type Said = Answer<'query:metadata.get'>;
export type TagView = Answer<'query:tags.list'>['tags'][number];
export type TagDetails = Answer<'query:tags.get'>['tag'];
export type HistoryList = Answer<'query:history.list'>;
export type HistoryEntry = HistoryList['actions'][number];
export type HistoryInfo = Answer<'query:history.info'>;
export type AuditList = Answer<'query:audit.list'>;
export type AuditEntry = AuditList['actions'][number];
export type JobInfo = Answer<'query:jobs.info'>;
export type JobLogLine = Answer<'query:jobs.log'>['lines'][number];
export type Settings = Answer<'query:settings.get'>;
export type LibrarySummary = Answer<'query:libraries.list'>['libraries'][number];
export type LibraryStatistics = Answer<'query:library.statistics'>;
export type KindTotal = LibraryStatistics['kinds'][number];
export type DoctorFinding = Answer<'query:core.doctor'>['findings'][number];
export type CoreStatus = Answer<'query:core.status'>;
export type SearchAnswer = Answer<'query:search.files'>;
export type FacetsAnswer = Answer<'query:search.facets'>;
export type DuplicatesAnswer = Answer<'query:content.duplicates'>;
export type DuplicateGroup = DuplicatesAnswer['groups'][number];
export type Collection = Answer<'query:collections.get'>['collection'];
export type CollectionAnswer = Answer<'query:collections.get'>;
export type SpaceLayout = Answer<'query:spaces.get'>['space'];
export type RedundancyAnswer = Answer<'query:content.redundancy'>;
export type InstancesAnswer = Answer<'query:content.instances'>;
export type VolumeView = Answer<'query:volumes.info'>;
export type VolumeSpeed = NonNullable<VolumeView['speed']>;
export type { IssuedPlan as Plan } from '@sd/client/methods.ts';
