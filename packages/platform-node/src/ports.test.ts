import { clockAcceptance, randomAcceptance } from '@sd/core/testing/acceptance/clock.ts';
import { filesAcceptance } from '@sd/core/testing/acceptance/files.ts';
import { hashingAcceptance } from '@sd/core/testing/acceptance/hashing.ts';
import { mountsAcceptance } from '@sd/core/testing/acceptance/mounts.ts';
import { sqliteAcceptance } from '@sd/core/testing/acceptance/sqlite.ts';
import { nodeClock } from './clock.ts';
import { nodeFiles } from './files.ts';
import { nodeHashing } from './hashing.ts';
import { nodeMounts } from './mounts/mounts.ts';
import { nodeRandom } from './random.ts';
import { nodeSqlite } from './sqlite.ts';

sqliteAcceptance('Node', nodeSqlite);
filesAcceptance('Node', nodeFiles);
hashingAcceptance('Node', nodeHashing());
clockAcceptance('Node', nodeClock);
randomAcceptance('Node', nodeRandom);
mountsAcceptance('Node', nodeMounts);
