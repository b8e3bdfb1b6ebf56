import { z } from 'zod';
import type { ActionContext } from '../../context.ts';
import { insertLocation, locationById, locationByUuid } from '../../db/library/locations.ts';
import { insertRootEntry, storedName } from '../../db/library/root-entry.ts';
import { idSource, uuidFromText } from '../../domain/ids.ts';
import {
  LOCATION_MODES,
  type LocationMode,
  locationViewSchema,
  partialRulesSchema,
  withRules,
} from '../../domain/location.ts';
import { basenameOf, showNative } from '../../domain/native-path.ts';
import { SdError } from '../../errors.ts';
import { jobInfoSchema } from '../../jobs/job-schema.ts';
import { checkPath, refuseOverlap } from '../../locations/check-path.ts';
import { pathOfLocation } from '../../locations/find.ts';
import { locationView } from '../../locations/view.ts';
import { action, observed } from '../../operation.ts';

const input = z.object({
  path: z.string().min(1).max(32_768).describe('the folder, as a path or an address'),
  name: z.string().trim().min(1).max(200).optional().describe('what to call it; the name of the folder by default'),
  mode: z.enum(LOCATION_MODES).default('content'),
  rules: partialRulesSchema.default({}),
});

const INDEXED: Readonly<Record<LocationMode, string>> = {
  shallow: 'names, sizes and times',
  content: 'names, sizes, times and content identity',
  deep: 'names, sizes, times, content identity, media facts, thumbnails and text',
};

export const addLocation = action({
  summary: 'Puts a folder under the care of the library and indexes it.',
  name: 'locations.add',
  scope: 'library',
  input,
  output: z.object({ location: locationViewSchema, job: jobInfoSchema }),
  errors: ['NOT_FOUND', 'NOT_A_FOLDER', 'NOT_READABLE', 'ALREADY_EXISTS', 'CONFLICT'],
  permissions: ['library.write', 'files.read'],

  preview(context, { path, name, mode, rules }) {
    const check = checkPath(path, { db: context.library.db, files: context.files, slug: context.device.slug });
    if (check.path === undefined)
      throw check.problem ?? new SdError('INVALID_INPUT', `${showNative(path)} cannot be a location`);
    const shown = showNative(check.path);
    const what = INDEXED[mode];
    return {
      plan: {
        summary: `Index ${shown} in the library "${context.library.name}" as "${name ?? nameOf(check.path)}". Its files are only read.`,
        steps: [
          { what: 'add location', target: shown },
          { what: 'index', target: shown, detail: what },
        ],
        conflicts: [],
        warnings: check.warnings,
      },
      basis: { path: check.path, inode: context.files.facts(check.path)?.inode, rules: withRules(rules) },
    };
  },

  async commit(context, { path, name, mode, rules }) {
    const { library } = context;
    await lookForVolumes(context);
    const check = checkPath(path, { db: library.db, files: context.files, slug: context.device.slug });
    const facts = check.path === undefined ? undefined : context.files.facts(check.path);
    if (check.path === undefined || facts === undefined)
      throw check.problem ?? new SdError('NOT_FOUND', `${showNative(path)} is gone`);
    const native = check.path;
    const ids = idSource(context.clock, context.random);
    const uuid = ids.bytes();
    const created = await library.write((tx) => {
      refuseOverlap(native, tx);
      const root = library.entryIds.take(1);
      insertRootEntry(tx, { id: root, uuid: ids.bytes(), name: basenameOf(native), facts });
      const id = insertLocation(tx, {
        uuid,
        device_id: uuidFromText(context.device.id) ?? new Uint8Array(16),
        root_entry_id: root,
        path: storedName(native),
        name: name ?? nameOf(native),
        mode,
        rules: JSON.stringify(withRules(rules)),
        created_at: context.clock.now(),
        root_device: facts.device,
        root_inode: facts.inode,
      });
      tx.target(showNative(native));
      const row = locationById(tx, id);
      if (!row) throw new Error('the new location is not there');
      const view = locationView(row, context.presenceOf, context.device.slug);
      tx.emit({ resource: 'location', change: 'created', ids: [view.id], path: native });
      return view;
    });
    // From here on the location goes with the volume it lies on.
    await lookForVolumes(context);
    const linked = locationByUuid(library.db, created.id);
    const location = linked ? locationView(linked, context.presenceOf, context.device.slug) : created;
    const job = await context.jobs.enqueue({
      library: library.id,
      kind: 'locations.index',
      priority: 'user',
      subject: created.name,
      input: { location: created.id },
    });
    return { location, job };
  },

  verify(context, _input, { location }) {
    const row = locationByUuid(context.library.db, location.id);
    const there = row !== undefined && context.files.facts(pathOfLocation(row)) !== undefined;
    return observed(
      ['location in the library', 'there', row ? 'there' : 'absent'],
      ['folder on disk', 'there', there ? 'there' : 'absent'],
    );
  },
});

/** Where the system does not say what is mounted, a location is known by its folder alone. */
function lookForVolumes({ volumes }: Pick<ActionContext, 'volumes'>): Promise<void> {
  return volumes.look().catch(() => {});
}

function nameOf(path: string): string {
  return showNative(basenameOf(path));
}
