import { z } from 'zod';
import { showNative } from '../../domain/native-path.ts';
import { localUri } from '../../domain/sd-path.ts';
import { checkPath } from '../../locations/check-path.ts';
import { query } from '../../operation.ts';

export const validatePath = query({
  summary: 'Whether a folder can become a location, and if not, why and what to do.',
  name: 'locations.validate_path',
  scope: 'library',
  thread: 'reader',
  input: z.object({ path: z.string().min(1).max(32_768) }),
  output: z.object({
    ok: z.boolean(),
    path: z.string().optional(),
    native_path: z.string().optional(),
    problem: z.object({ code: z.string(), message: z.string(), way_out: z.string().optional() }).optional(),
    warnings: z.array(z.string()),
  }),
  errors: [],
  permissions: ['library.read', 'files.read'],
  run({ library, files, device }, { path }) {
    const check = checkPath(path, { db: library.db, files, slug: device.slug });
    if (check.path !== undefined)
      return {
        ok: true,
        path: localUri(device.slug, check.path),
        native_path: showNative(check.path),
        warnings: [...check.warnings],
      };
    const wayOut = check.problem?.data['way_out'];
    return {
      ok: false,
      problem: {
        code: check.problem?.code ?? 'INTERNAL',
        message: check.problem?.message ?? '',
        ...(typeof wayOut === 'string' ? { way_out: wayOut } : {}),
      },
      warnings: [...check.warnings],
    };
  },
});
