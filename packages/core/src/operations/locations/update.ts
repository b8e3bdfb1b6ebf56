import { z } from 'zod';
import { locationByUuid, updateLocation as writeLocation } from '../../db/library/locations.ts';
import { uuidToText } from '../../domain/ids.ts';
import {
  LOCATION_MODES,
  locationRulesSchema,
  locationSelector,
  locationViewSchema,
  partialRulesSchema,
  withRules,
} from '../../domain/location.ts';
import { jobInfoSchema } from '../../jobs/job-schema.ts';
import { findLocation } from '../../locations/find.ts';
import { locationView } from '../../locations/view.ts';
import { action, observed } from '../../operation.ts';

const input = z.object({
  location: locationSelector,
  name: z.string().trim().min(1).max(200).optional(),
  mode: z.enum(LOCATION_MODES).optional(),
  rules: partialRulesSchema.optional().describe('only what changes'),
});

export const updateLocation = action({
  summary: 'Changes the name, the mode or the rules of a location; rules and mode are applied by a scan.',
  name: 'locations.update',
  scope: 'library',
  input,
  output: z.object({ location: locationViewSchema, job: jobInfoSchema.optional() }),
  errors: ['NOT_FOUND'],
  permissions: ['library.write', 'files.read'],

  preview({ library, presenceOf, device }, change) {
    const view = locationView(findLocation(library.db, change.location, device.slug), presenceOf, device.slug);
    const rules = change.rules && withRules(change.rules, view.rules);
    const steps = [
      ...(change.name && change.name !== view.name ? [{ what: 'rename', target: view.name, detail: change.name }] : []),
      ...(change.mode && change.mode !== view.mode
        ? [{ what: 'change mode', target: view.mode, detail: change.mode }]
        : []),
      ...(rules && !same(rules, view.rules)
        ? [
            {
              what: 'change rules',
              target: view.name,
              detail: 'what they leave out now goes from the index, never from the disk',
            },
          ]
        : []),
    ];
    const summary = steps.length > 0 ? `Change the location "${view.name}".` : `"${view.name}" is like that already.`;
    return {
      plan: { summary, steps, conflicts: [], warnings: [] },
      basis: { location: view.id, name: view.name, mode: view.mode, rules: view.rules },
    };
  },

  async commit({ library, presenceOf, device, jobs }, change) {
    const row = findLocation(library.db, change.location, device.slug);
    const before = locationView(row, presenceOf, device.slug);
    const rules = withRules(change.rules ?? {}, before.rules);
    const mode = change.mode ?? before.mode;
    // Rules and mode change what belongs in the index although nothing on disk has.
    const rescan = mode !== before.mode || !same(rules, before.rules);
    const location = await library.write((tx) => {
      writeLocation(tx, row.id, {
        name: change.name ?? row.name,
        mode,
        rules: JSON.stringify(rules),
        ...(rescan ? { full_due: 1 } : {}),
      });
      tx.target(before.native_path);
      tx.emit({ resource: 'location', change: 'updated', ids: [before.id] });
      return locationView(locationByUuid(tx, before.id) ?? row, presenceOf, device.slug);
    });
    if (!rescan || before.state === 'offline') return { location };
    const job = await jobs.enqueue({
      library: library.id,
      kind: 'locations.index',
      priority: 'user',
      subject: location.name,
      input: { location: location.id, full: true },
    });
    return { location, job };
  },

  verify({ library }, _input, { location }) {
    const row = locationByUuid(library.db, location.id);
    return observed(
      ['name', location.name, row?.name],
      ['mode', location.mode, row?.mode],
      [
        'rules',
        JSON.stringify(location.rules),
        row ? JSON.stringify(locationRulesSchema.parse(JSON.parse(row.rules))) : undefined,
      ],
      ['id', location.id, row ? uuidToText(row.uuid) : undefined],
    );
  },
});

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
