import { z } from 'zod';
import type { Device } from '../domain/device.ts';
import { fromHex, toHex, uuidSchema } from '../domain/ids.ts';
import { SdError } from '../errors.ts';
import type { Host } from '../platform.ts';
import type { Clock } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';
import type { Log } from '../ports/log.ts';
import type { Random } from '../ports/random.ts';
import type { Secrets } from '../ports/secrets.ts';
import { slugOf } from './slug.ts';

const DEVICE_FILE = 'device.json';
const MOST_BYTES = 16 * 1024;

const deviceFileSchema = z.looseObject({
  id: uuidSchema,
  name: z.string().min(1).max(200),
  slug: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(63),
  public_key: z.string().regex(/^[0-9a-f]{64}$/),
  created_at: z.int().min(0),
});

export interface DeviceParts {
  readonly files: Files;
  readonly secrets: Secrets;
  readonly random: Random;
  readonly clock: Clock;
  readonly host: Host;
  readonly log: Log;
  readonly newId: () => string;
}

/**
 * Who this installation is: `device.json` in the data folder, made at the first start. The private key is with the
 * secrets. A damaged file is an error, never a reason to become another device: peers know this one by its key.
 */
export async function openDevice(parts: DeviceParts, dataFolder: string): Promise<Device> {
  const path = `${dataFolder}/${DEVICE_FILE}`;
  if (!parts.files.facts(path)) return createDevice(parts, path);
  const device = readDevice(parts.files, path);
  void reportMissingKey(parts, device);
  return device;
}

/** The key is kept before the file that names it: a crash between them leaves a key nobody uses. */
async function createDevice(
  { files, secrets, random, clock, host, newId }: DeviceParts,
  path: string,
): Promise<Device> {
  const { ed25519 } = await import('@noble/curves/ed25519.js');
  const privateKey = random.bytes(32);
  const name = host.name || 'This device';
  const device: Device = { id: newId(), name, slug: slugOf(name), publicKey: ed25519.getPublicKey(privateKey) };
  await secrets.set(secretName(device.id), privateKey);
  const text = JSON.stringify(
    { id: device.id, name, slug: device.slug, public_key: toHex(device.publicKey), created_at: clock.now() },
    undefined,
    2,
  );
  files.replaceFile(path, new TextEncoder().encode(`${text}\n`), { private: true });
  return device;
}

function readDevice(files: Files, path: string): Device {
  const bytes = files.readWhole(path, MOST_BYTES);
  try {
    const { id, name, slug, public_key } = deviceFileSchema.parse(
      JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)),
    );
    return { id, name, slug, publicKey: fromHex(public_key) ?? new Uint8Array(0) };
  } catch (error) {
    throw new SdError(
      'CORRUPT',
      `${path} is damaged: it says who this device is`,
      { path, way_out: 'put it back from a backup, or remove it to become a new device' },
      error,
    );
  }
}

/** Nothing here needs the key yet, so its loss must not keep anyone from their files; but it must not pass in silence. */
async function reportMissingKey({ secrets, log }: DeviceParts, device: Device): Promise<void> {
  try {
    const kept = await secrets.get(secretName(device.id));
    if (kept?.value.length !== 32)
      log.error("the device's private key is gone: other devices will not know this one", { device: device.id });
  } catch (error) {
    log.warn("the device's private key cannot be read now", { device: device.id, reason: String(error) });
  }
}

function secretName(id: string): string {
  return `device-${id}`;
}
