import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** What ends up in a bundle of this file. */
async function bundled(entry: string, platform: 'node' | 'browser'): Promise<{ inputs: string[]; bytes: number }> {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform,
    format: 'esm',
    minify: true,
    outdir: 'x',
    splitting: true,
    logLevel: 'silent',
  });
  return {
    inputs: Object.keys(metafile.inputs),
    bytes: Math.max(...outputFiles.map(({ contents }) => contents.length)),
  };
}

for (const [entry, platform] of [
  ['packages/client/src/client.ts', 'browser'],
  ['packages/client/src/watch-events.ts', 'browser'],
  ['packages/client/src/node.ts', 'node'],
] as const) {
  test(`${entry} bundles for a ${platform} without the core and without its schema library`, async () => {
    const { inputs, bytes } = await bundled(entry, platform);
    assert.deepEqual(
      inputs.filter((file) => file.includes('zod')),
      [],
    );
    const core = inputs.filter((file) => file.startsWith('packages/core/'));
    assert.deepEqual(
      core.filter((file) => !/^packages\/core\/src\/rpc\/(codec|protocol)\.ts$/.test(file)),
      [],
    );
    assert.ok(bytes < 20_000, `${bytes} bytes`);
  });
}
