import { z } from 'zod';
import { PrivatePaths } from '../../browsing/private-paths.ts';
import { PrivateEntries } from '../../db/library/private-entries.ts';
import { ENTRY_TYPES } from '../../domain/entry.ts';
import { locationRulesSchema, partialRulesSchema, withRules } from '../../domain/location.ts';
import { showNative } from '../../domain/native-path.ts';
import { localUri } from '../../domain/sd-path.ts';
import { SdError } from '../../errors.ts';
import { weighRules } from '../../indexing/rules/weigh.ts';
import { nativePathOf } from '../../locations/check-path.ts';
import { findLocation, pathOfLocation } from '../../locations/find.ts';
import { query } from '../../operation.ts';
import { alsoPrivate, leftOut, privateLeftOut } from '../private-input.ts';

/** A person waits for it: what was weighed by then is an answer too. */
const MOST_MS = 20_000;
const MOST_NAMED = 500;

export const previewRules = query({
  summary: 'What rules would leave out of a folder, and how much it weighs.',
  name: 'locations.preview_rules',
  scope: 'library',
  thread: 'reader',
  input: z
    .object({
      path: z.string().min(1).max(32_768).optional().describe('a folder, location or not'),
      location: z.string().min(1).max(32_768).optional().describe('a location, whose rules are the ones to change'),
      rules: partialRulesSchema.default({}),
      private: alsoPrivate.describe(
        'name also what people said to hide or gave a privacy tag, and what lies in such a folder',
      ),
    })
    .refine(({ path, location }) => (path === undefined) !== (location === undefined), 'give a path or a location'),
  output: z.object({
    rules: locationRulesSchema,
    left_out: z.array(
      z.object({
        path: z.string(),
        native_path: z.string(),
        rule: z.string(),
        type: z.enum(ENTRY_TYPES),
        bytes: z.int(),
        files: z.int(),
      }),
    ),
    private_left_out: privateLeftOut.describe('so many more are named to who asks for private ones'),
    totals: z
      .object({ left_out: z.int(), bytes: z.int(), files: z.int(), kept_bytes: z.int(), kept_files: z.int() })
      .describe('as the disk has them, private or not'),
    complete: z.boolean().describe('false where it took too long and the rest was not weighed'),
  }),
  errors: ['NOT_FOUND', 'NOT_A_FOLDER', 'NOT_READABLE'],
  permissions: ['library.read', 'files.read'],
  run(context, { path, location, rules, private: all }) {
    const { library, files, device, clock } = context;
    const row = location === undefined ? undefined : findLocation(library.db, location, device.slug);
    const root = row ? pathOfLocation(row) : nativePathOf(path ?? '', device.slug);
    if (!files.facts(root)) throw new SdError('NOT_FOUND', `${showNative(root)} does not exist`);
    const wanted = withRules(rules, row && locationRulesSchema.parse(JSON.parse(row.rules)));
    const until = clock.monotonic() + MOST_MS;
    const weighed = weighRules(root, wanted, files, () => {
      context.checkCancelled();
      return clock.monotonic() < until;
    });
    const hidden = new PrivatePaths(library.db, device.id, new PrivateEntries(library.db));
    const shown = all ? weighed.leftOut : weighed.leftOut.filter((item) => !hidden.has(item.path));
    const heaviest = shown.toSorted((a, b) => b.bytes - a.bytes).slice(0, MOST_NAMED);
    return {
      rules: wanted,
      left_out: heaviest.map((item) => ({
        path: localUri(device.slug, item.path),
        native_path: showNative(item.path),
        rule: item.rule,
        type: ENTRY_TYPES[item.type] ?? 'other',
        bytes: item.bytes,
        files: item.files,
      })),
      ...leftOut(weighed.leftOut.length - shown.length),
      totals: {
        left_out: weighed.leftOut.length,
        bytes: weighed.bytes,
        files: weighed.files,
        kept_bytes: weighed.keptBytes,
        kept_files: weighed.keptFiles,
      },
      complete: weighed.complete,
    };
  },
});
