import { createReadStream } from 'node:fs';
import { Transform, pipeline } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { extract } from 'tar-stream';
import type { MediaRequest } from '@sd/core/ports/media.ts';
import { Budget } from './budget.ts';
import { type DocumentRead, type DocumentReader, Unreadable } from './document.ts';
import { openRegular } from './regular-file.ts';
import { TextGatherer } from './text-gatherer.ts';
import { MOST_ENTRIES, withZip } from './zip-reader.ts';

/** The listing of an archive as it grows: names are text that can be found, sizes are as the archive claims. */
class Listing {
  readonly #names: TextGatherer;
  #entries = 0;
  #bytes = 0;

  constructor({ limits, wants }: MediaRequest) {
    this.#names = new TextGatherer(wants.includes('text') ? limits.textLength : 0);
  }

  get full(): boolean {
    return this.#entries >= MOST_ENTRIES;
  }
  get entries(): number {
    return this.#entries;
  }

  add(name: string, size: number): void {
    this.#entries++;
    if (size > 0) this.#bytes += size;
    this.#names.add(`${name.toWellFormed()}\n`);
  }

  /** `total`: how many entries there are, where that is known; `undefined`: not all were looked at. */
  done(total: number | undefined): DocumentRead {
    const text = this.#names.take();
    const facts = {
      entries: total ?? this.#entries,
      ...(Number.isSafeInteger(this.#bytes) ? { unpacked_bytes: this.#bytes } : {}),
      ...(total === this.#entries ? {} : { listed: this.#entries }),
    };
    return { facts, ...(text === undefined ? {} : { text }) };
  }
}

/** Lists what is in a ZIP archive, or one of the many formats made of it, without unpacking any of it. */
export const readZip: DocumentReader = (request) =>
  withZip(request.path, async (zip) => {
    const listing = new Listing(request);
    for (const { name, size } of zip.entries) listing.add(name, size);
    return listing.done(zip.claimed);
  });

/** Lists a tape archive. What is in its files is read past and let go of. */
export const readTar: DocumentReader = (request) => listTar(request, []);
export const readTarGzip: DocumentReader = (request) => listTar(request, [createGunzip()]);
export const readTarZstd: DocumentReader = (request) => listTar(request, [createZstdDecompress()]);

async function listTar(request: MediaRequest, unpack: readonly Transform[]): Promise<DocumentRead> {
  const listing = new Listing(request);
  const source = createReadStream('', { fd: openRegular(request.path).file, highWaterMark: 1 << 18 });
  const tar = extract();
  // Whatever fails on the way, the last in the chain tells.
  pipeline([source, ...unpack, metered(new Budget(request.limits.unpackedBytes)), tar], () => {});
  try {
    for await (const entry of tar) {
      listing.add(entry.header.name, entry.header.size);
      if (listing.full) return listing.done(undefined);
      entry.resume();
    }
    return listing.done(listing.entries);
  } catch (error) {
    // What was listed before the limit or the damage is worth more than nothing.
    if (listing.entries > 0) return listing.done(undefined);
    throw error instanceof Unreadable ? error : new Unreadable(`it is damaged: ${(error as Error).message}`, error);
  } finally {
    source.destroy();
  }
}

/** Lets bytes through for as long as the budget pays for them. */
function metered(budget: Budget): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        budget.spend(chunk.length);
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
  });
}
