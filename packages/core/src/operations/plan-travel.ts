import type { ReaderContext } from '../context.ts';
import { tagsMeant } from '../db/library/tag-names.ts';
import { privateTags } from '../db/library/tagged-entries.ts';
import { FILE } from '../domain/entry.ts';
import { showNative } from '../domain/native-path.ts';
import type { Targets } from '../domain/targets.ts';
import { SdError } from '../errors.ts';
import type { ReaderTask } from '../operation.ts';
import { type Carrier, isEmptyFacts } from '../travel/facts.ts';
import { saidOfEntry } from '../travel/said-of-entry.ts';
import { planSidecar } from '../travel/sidecar-file.ts';
import { EntryPaths, readTravelled } from '../travel/traveller.ts';
import { resolveTargets } from './resolve-targets.ts';

/** Files that a preview looks at on the disk; of the rest it only says how many there are. */
const LOOKED_AT = 500;

interface TravelInput {
  readonly targets: Targets;
  readonly carriers: readonly Carrier[];
  readonly private: boolean;
}

/** The entries that targets come to: of a content, all files that have it. */
export const travelling: ReaderTask<Targets, number[]> = {
  name: 'tags.travelling',
  async run(context, targets) {
    const { entries, contents } = await resolveTargets.run(context, targets);
    const alone = contents.filter((_, at) => entries[at] === 0);
    const copies = context.library.db
      .prepare<{ id: number }>(
        'SELECT e.id FROM json_each(?) w CROSS JOIN entries e INDEXED BY entries_by_content ON e.content_id = w.value',
      )
      .all(JSON.stringify(alone));
    return [...new Set([...entries.filter((id) => id > 0), ...copies.map(({ id }) => id)])];
  },
};

export interface PlannedTravel {
  readonly files: number;
  readonly looked: number;
  readonly steps: readonly { readonly what: string; readonly target: string; readonly detail?: string }[];
  readonly warnings: readonly string[];
}

/** What an export would write, and where. Changes nothing. */
export const planExport: ReaderTask<TravelInput, PlannedTravel> = {
  name: 'tags.plan_export',
  async run(context, { targets, carriers, private: all }) {
    const { db } = context.library;
    const without = new Set(all ? [] : privateTags(db));
    return look(context, targets, (entry, { path, type }, plan) => {
      if (type !== FILE && !carriers.includes('attributes'))
        plan.warnings.push(`${showNative(path)}: folders have no sidecars; name the files in it, or search for them`);
      const facts = saidOfEntry(db, entry, without);
      if (isEmptyFacts(facts)) return;
      const detail = [...facts.tags, ...(facts.rating ? [`${facts.rating} stars`] : [])].join(', ');
      if (carriers.includes('xmp') && type === FILE) {
        const { path: sidecar, bytes, isNew, left } = planSidecar(context.files, path, facts);
        if (bytes)
          plan.steps.push({ what: isNew ? 'create sidecar' : 'add to sidecar', target: showNative(sidecar), detail });
        for (const what of left) plan.warnings.push(`${showNative(path)}: not written: ${what}`);
      }
      if (carriers.includes('attributes'))
        plan.steps.push({ what: 'set attributes', target: showNative(path), detail });
    });
  },
};

/** What an import would bring, and which tags it would make. */
export const planImport: ReaderTask<TravelInput, PlannedTravel & { creates: readonly string[] }> = {
  name: 'tags.plan_import',
  async run(context, { targets, carriers }) {
    const { db } = context.library;
    const attributes = carriers.includes('attributes') ? await context.attributes?.() : undefined;
    const creates = new Set<string>();
    const planned = await look(context, targets, (_, place, plan) => {
      const facts = readTravelled(context.files, attributes, place, carriers);
      if (!facts) return;
      for (const name of [...facts.tags, ...facts.paths.flat()])
        if (!creates.has(name) && tagsMeant(db, name).length === 0) creates.add(name);
      const names = [...facts.tags, ...facts.paths.map((path) => path.join(' > '))];
      const detail = [...names, ...(facts.rating ? [`${facts.rating} stars`] : []), ...(facts.note ? ['a note'] : [])];
      plan.steps.push({ what: 'import', target: showNative(place.path), detail: detail.join(', ') });
    });
    return { ...planned, creates: [...creates] };
  },
};

interface Looking {
  readonly steps: { what: string; target: string; detail?: string }[];
  readonly warnings: string[];
}

async function look(
  context: ReaderContext<'library'>,
  targets: Targets,
  each: (entry: number, place: { path: string; type: number }, plan: Looking) => void,
): Promise<PlannedTravel> {
  const entries = await travelling.run(context, targets);
  const paths = new EntryPaths(context.library.db);
  const plan: Looking = { steps: [], warnings: [] };
  for (const entry of entries.slice(0, LOOKED_AT)) {
    context.checkCancelled();
    const place = paths.of(entry);
    if (!place) continue;
    try {
      each(entry, place, plan);
    } catch (error) {
      if (!(error instanceof SdError)) throw error;
      plan.warnings.push(`${showNative(place.path)}: ${error.message}`);
    }
  }
  const rest = entries.length - LOOKED_AT;
  if (rest > 0) plan.warnings.push(`${rest} more files were not looked at yet`);
  return { files: entries.length, looked: Math.min(entries.length, LOOKED_AT), ...plan };
}
