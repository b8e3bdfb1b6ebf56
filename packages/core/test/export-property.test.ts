import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { nodeFiles } from '@sd/platform-node/files.ts';
import fc from 'fast-check';
import { lastEntryId } from '../src/db/library/exported-rows.ts';
import { writePart } from '../src/exporting/export-run.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../src/exporting/formats.ts';
import { namePart, partOf, resumed } from '../src/exporting/part.ts';
import { EXPORT_BEGIN, type ExportState } from '../src/exporting/protocol.ts';
import { pack, unpack } from '../src/jobs/codec.ts';
import type { Files } from '../src/ports/files.ts';
import { temporaryFolder } from '../src/testing/open-test-core.ts';
import { RandomTree, anyEdit } from '../src/testing/random-tree.ts';
import { ScanBench } from '../src/testing/scan-bench.ts';

/** More, and other ones, with SD_FUZZ=500. */
const RUNS = Number(process.env['SD_FUZZ'] ?? 20);

/** How a run ends before it is done: asked to after so many pages, or in the middle of a write, so many bytes in. */
const anyEnd = fc.record({
  pages: fc.integer({ min: 0, max: 12 }),
  dies: fc.option(fc.integer({ min: 0, max: 4_000 })),
  /** Milliseconds that a page takes: a second and more saves after each. */
  pageMs: fc.constantFrom(10, 400, 1_100),
  /** The part is gone afterwards, or has lost its end. */
  loses: fc.constantFrom(...Array<string>(6).fill('nothing'), 'all', 'end'),
});

const anyHistory = fc.record({
  edits: fc.array(anyEdit, { minLength: 5, maxLength: 40 }),
  format: fc.constantFrom(...EXPORT_FORMATS),
  pageLines: fc.integer({ min: 1, max: 9 }),
  ends: fc.array(anyEnd, { maxLength: 5 }),
});
type End = typeof anyEnd extends fc.Arbitrary<infer E> ? E : never;

class Killed extends Error {}

test('however often it was stopped or killed, an export has the bytes of one that nobody disturbed', async (t) => {
  const folder = temporaryFolder(t);
  let run = 0;
  await fc.assert(
    fc.asyncProperty(anyHistory, async ({ edits, format, pageLines, ends }) => {
      const place = `${folder}/${++run}`;
      mkdirSync(place, { recursive: true });
      const tree = new RandomTree(place);
      const bench = new ScanBench(place);
      try {
        tree.apply(edits);
        await bench.scan(await bench.add(tree.path, 'content'));
        const exporter = new Exporter(bench, format, pageLines);
        const [calm, path] = [`${place}/calm`, `${place}/disturbed`];
        const whole = exporter.run(calm, exporter.begin(), undefined);
        namePart(nodeFiles, calm, whole.bytes);

        let state = exporter.begin();
        for (const end of ends) {
          state = exporter.run(path, exporter.resumed(path, state), end);
          if (end.loses === 'all') nodeFiles.remove(partOf(path));
          if (end.loses === 'end' && nodeFiles.facts(partOf(path))) nodeFiles.writeOn(partOf(path), 0).close();
        }
        state = exporter.run(path, exporter.resumed(path, state), undefined);
        namePart(nodeFiles, path, state.bytes);
        // Killed between the two, it asks again.
        namePart(nodeFiles, path, state.bytes);
        assert.deepEqual(readFileSync(path), readFileSync(calm));
        assert.deepEqual(state, whole);
        assert.equal(nodeFiles.facts(partOf(path)), undefined);
        assert.ok(state.entries > 0);
      } finally {
        await bench.close();
      }
    }),
    { numRuns: RUNS },
  );
});

class Exporter {
  readonly #bench: ScanBench;
  readonly #format: ExportFormat;
  readonly #pageLines: number;

  constructor(bench: ScanBench, format: ExportFormat, pageLines: number) {
    this.#bench = bench;
    this.#format = format;
    this.#pageLines = pageLines;
  }

  begin(): ExportState {
    return { ...EXPORT_BEGIN, phase: 'write', up_to: lastEntryId(this.#bench.library.db) };
  }

  /** As a job finds its state again. */
  resumed(path: string, state: ExportState): ExportState {
    const found = resumed(nodeFiles, path, unpack(pack(state)) as ExportState);
    return found.phase === 'begin' ? this.begin() : found;
  }

  /** Answers the last state that was saved. */
  run(path: string, state: ExportState, end: End | undefined): ExportState {
    if (state.phase === 'name') return state;
    let saved = state;
    let pages = 0;
    let now = 0;
    try {
      return writePart(
        { device: 'here', subject: { of: 'entries', scope: { private: true } }, format: this.#format, path, state },
        {
          db: this.#bench.library.db,
          files: end?.dies == null ? nodeFiles : dyingFiles(end.dies),
          pace: { giveWay: () => void (now += end?.pageMs ?? 10) },
          pageLines: this.#pageLines,
          now: () => now,
          stopped: () => end !== undefined && pages++ >= end.pages,
          progress() {},
          saved: (next) => void (saved = next),
        },
      );
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      return saved;
    }
  }
}

/** Takes so many bytes, and dies in the middle of the next. */
function dyingFiles(bytes: number): Pick<Files, 'writeOn'> {
  return {
    writeOn(path, length) {
      const file = nodeFiles.writeOn(path, length);
      let left = bytes;
      return {
        ...file,
        write(more) {
          file.write(more.subarray(0, left));
          left -= more.length;
          if (left < 0) throw new Killed();
        },
      };
    },
  };
}
