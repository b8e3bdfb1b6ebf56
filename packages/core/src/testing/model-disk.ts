import assert from 'node:assert/strict';
import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@sd/client/client.ts';
import { TEMPORARY_PREFIX } from '../domain/temporary-name.ts';
import type { FileTreeModel, Node, Wins } from './file-tree-model.ts';

/** All that lies below the roots, but for what the trash has there. Nothing half made is among it. */
export function nodesBelow(roots: readonly string[]): Record<string, Node> {
  const seen: Record<string, Node> = {};
  for (const root of roots)
    for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      assert.ok(!name.includes(TEMPORARY_PREFIX), `${name} was left`);
      // Trash of ours lies at the top of a volume.
      if (name.startsWith('.Trash') || name.includes('sd-trash')) continue;
      const path = join(root, name);
      seen[path] = lstatSync(path).isDirectory() ? null : readFileSync(path, 'utf8');
    }
  return seen;
}

/** The bytes of all files in the trash. */
export async function bytesInTrash(client: Client): Promise<Set<string>> {
  const found = new Set<string>();
  const { items } = await client.call('query:entries.list_trash', { limit: 500 });
  for (const { place } of items) {
    const facts = lstatSync(place, { throwIfNoEntry: false });
    assert.ok(facts, `${place} is in the trash`);
    if (!facts.isDirectory()) found.add(readFileSync(place, 'utf8'));
    else
      for (const name of readdirSync(place, { recursive: true, encoding: 'utf8' }))
        if (!lstatSync(join(place, name)).isDirectory()) found.add(readFileSync(join(place, name), 'utf8'));
  }
  return found;
}

/** What nobody chose to lose is in its place or in the trash. */
export async function holdDisk(model: FileTreeModel, roots: readonly string[], client: Client): Promise<void> {
  assert.deepEqual(nodesBelow(roots), model.nodes);
  const found = await bytesInTrash(client);
  for (const bytes of model.trash) assert.ok(found.has(bytes), `${bytes} is in the trash`);
}

/** As the disk has it at the moment of asking. */
export const winsOnDisk: Wins = (by, source, target) => {
  const [here, there] = [source, target].map((path) => lstatSync(path, { bigint: true }));
  if (!here || !there) throw new Error('both are there');
  return by === 'larger' ? here.size > there.size : here.mtimeNs / 1000n > there.mtimeNs / 1000n;
};
