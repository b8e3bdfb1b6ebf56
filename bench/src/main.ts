import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchCopies } from './actions.ts';
import { benchShapes, benchSmallFiles, folderOfThousand } from './contents.ts';
import { BenchDaemon } from './daemon.ts';
import { benchDocuments } from './documents.ts';
import { benchDuplicates } from './duplicates.ts';
import { benchEncryption } from './encryption.ts';
import { benchHome, benchSize } from './home.ts';
import { benchListing, benchWhileIndexing } from './interactive.ts';
import { benchStatus } from './command-line.ts';
import { benchPictures } from './media.ts';
import { benchMove } from './moving.ts';
import { benchPlans } from './plans.ts';
import { benchQueries } from './queries.ts';
import { previous, report } from './results.ts';
import type { Row } from './row.ts';
import { benchSearch } from './search.ts';
import { benchTagging } from './tagging.ts';
import { tree } from './trees.ts';
import { benchWatching } from './watching.ts';

const HELP = `npm run bench -- [options]
  --files N      files of the tree "home" (default 1000000)
  --rounds N     runs of which the median counts (default 3)
  --trees DIR    where trees are made and kept (default: a folder beside the temporary files)
  --only NAMES   some of: home, interactive, contents, shapes, encryption, media, documents, duplicates (default: all)
  --pictures N   pictures of the section media (default 1000)`;

const { values } = parseArgs({
  options: {
    files: { type: 'string' },
    rounds: { type: 'string' },
    trees: { type: 'string' },
    only: { type: 'string' },
    pictures: { type: 'string' },
    help: { type: 'boolean' },
  },
});
if (values.help) {
  process.stdout.write(`${HELP}\n`);
} else {
  await run({
    files: Number(values.files ?? 1_000_000),
    rounds: Number(values.rounds ?? 3),
    trees: values.trees ?? join(tmpdir(), 'sd-bench-trees'),
    pictures: Number(values.pictures ?? 1000),
    only: new Set(
      (
        values.only ?? 'home,interactive,contents,shapes,encryption,media,documents,duplicates,queries,plans,copies'
      ).split(','),
    ),
  });
}

async function run({
  files,
  rounds,
  trees,
  pictures,
  only,
}: {
  files: number;
  rounds: number;
  trees: string;
  pictures: number;
  only: Set<string>;
}): Promise<void> {
  const sections = new Map<string, Row[]>(previous({ files, rounds }));
  const begun = new Set<string>();
  const add = (section: string, ...rows: Row[]): void => {
    sections.set(section, [...(begun.has(section) ? (sections.get(section) ?? []) : []), ...rows]);
    begun.add(section);
    report(sections, { files, rounds });
  };
  if (only.has('home')) {
    const home = await benchHome(trees, files, rounds);
    add('Index', ...home.rows);
    const { rows, daemon } = await benchSize(home.daemon);
    add('Size', ...rows);
    add('Search', ...(await benchSearch(daemon.client)));
    add('Tags', ...(await benchTagging(daemon.client, rounds)));
    await daemon.stop({ keep: true });
    add('Index', await benchMove(daemon.dataFolder));
    await (await BenchDaemon.start(daemon.dataFolder)).stop();
  }
  if (only.has('interactive')) {
    const daemon = await BenchDaemon.start();
    const thousand = folderOfThousand(trees);
    await daemon.index(thousand, 'shallow');
    add(
      'Interactive',
      await benchListing(daemon, thousand),
      await benchWhileIndexing(daemon, tree(trees, 'home', files)),
      benchStatus(daemon),
    );
    await daemon.stop();
  }
  if (only.has('contents')) add('Content identity', ...(await benchSmallFiles(trees, 100_000, rounds)));
  if (only.has('shapes')) add('Published shapes', ...(await benchShapes(trees, ['small', 'medium', 'large'])));
  if (only.has('watching')) add('Watching', ...(await benchWatching(trees, files, rounds)));
  if (only.has('encryption')) add('Encryption', ...(await benchEncryption(trees, Math.min(files, 300_000), rounds)));
  if (only.has('documents')) add('Documents', ...(await benchDocuments(trees, Math.min(files, 10_000))));
  if (only.has('duplicates')) add('Duplicates', ...benchDuplicates(files, rounds));
  if (only.has('queries')) add('Queries', ...benchQueries(files));
  if (only.has('copies')) add('Copies', ...(await benchCopies(trees, Math.min(files, 10_000), 4, rounds)));
  if (only.has('plans')) add('File actions', ...(await benchPlans(trees, Math.min(files, 100_000), rounds)));
  if (only.has('media')) add('Media', ...(await benchPictures(trees, pictures, rounds)));
}
