import type { VerifyFully } from '../../hashing/full-hashing.ts';
import type { SpeedTests } from '../../volumes/speed-tests.ts';
import type { ExportServices } from '../export-job.ts';
import type { JobKind } from '../kind.ts';
import { exportAudit } from './audit/export.ts';
import { identifyContents } from './content/identify.ts';
import { verifyDuplicates } from './content/verify-duplicates.ts';
import { type CarryOutServices, carryOutPlan } from './entries/carry-out.ts';
import { exportLibrary } from './library/export.ts';
import { type IndexServices, indexLocation } from './locations/index.ts';
import { sweepLocation } from './locations/sweep.ts';
import { type MakeServices, makeSidecars } from './sidecars/make.ts';
import { type SweepSidecarServices, sweepSidecars } from './sidecars/sweep.ts';
import { type VerifyServices, verifyLocation } from './locations/verify.ts';
import { type TravelServices, travelTags } from './tags/travel.ts';
import { sweepTrash } from './trash/sweep.ts';
import { speedTestVolume } from './volumes/speed-test.ts';

/** Every kind of job, listed by hand, with the services they work with. */
export function jobKinds(
  services: IndexServices &
    VerifyServices &
    ExportServices &
    MakeServices &
    SweepSidecarServices &
    TravelServices &
    CarryOutServices & { verifyFully: VerifyFully; speedTests: Pick<SpeedTests, 'run'> },
): readonly JobKind[] {
  return [
    indexLocation(services),
    identifyContents(services),
    sweepLocation(services),
    verifyLocation(services),
    verifyDuplicates(services.verifyFully),
    exportLibrary(services),
    exportAudit(services),
    makeSidecars(services),
    sweepSidecars(services),
    travelTags(services),
    sweepTrash(services),
    speedTestVolume(services.speedTests),
    carryOutPlan(services),
  ];
}
