import { z } from 'zod';
import { uuidSchema } from '../../domain/ids.ts';
import { query } from '../../operation.ts';

export const coreDevice = query({
  summary: 'This installation: its id, name, the slug of its addresses, and its public key.',
  name: 'core.device',
  scope: 'core',
  input: z.strictObject({}),
  output: z.object({
    id: uuidSchema,
    name: z.string(),
    slug: z.string(),
    public_key: z.string().describe('Ed25519, 32 bytes in hex'),
  }),
  errors: [],
  permissions: ['core.read'],
  run({ device: { id, name, slug, publicKey } }) {
    return { id, name, slug, public_key: [...publicKey].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
  },
});
