import { threadPlatform } from '@sd/platform-node/platform.ts';
import { runThread } from '@sd/platform-node/run-thread.ts';
import { plainSqlite } from './plain-sqlite.ts';

const platform = threadPlatform();
await runThread({ ...platform, sqlite: plainSqlite(platform.sqlite) });
