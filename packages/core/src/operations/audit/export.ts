import { z } from 'zod';
import { auditFilterSchema } from '../../domain/audit.ts';
import { showNative } from '../../domain/native-path.ts';
import { localUri } from '../../domain/sd-path.ts';
import { estimateAuditBytes } from '../../exporting/formats.ts';
import { exportTarget } from '../../exporting/target.ts';
import { nativePathOf } from '../../locations/check-path.ts';
import { action } from '../../operation.ts';
import { countAuditTask } from '../count-audit.ts';
import { EXPORT_ERRORS, exportInput, exportOutput, startExport, verifyExport } from '../exports.ts';

export const exportAudit = action({
  summary: 'Writes actions on the library to one file, in the background: who, when, what, on what, and how it went.',
  name: 'audit.export',
  scope: 'library',
  input: z.object({ ...auditFilterSchema.shape, ...exportInput }),
  output: exportOutput,
  errors: EXPORT_ERRORS,
  permissions: ['library.manage'],

  async preview({ files, device, inReader }, { format, path: wanted, ...filter }) {
    const { path } = exportTarget(nativePathOf(wanted, device.slug), files);
    const actions = await inReader(countAuditTask, filter);
    const bytes = estimateAuditBytes(actions);
    const target = showNative(path);
    return {
      plan: {
        summary: `Write ${actions} actions to ${target}.`,
        steps: [{ what: 'create', target, detail: `about ${bytes} bytes` }],
        bytes,
        conflicts: [],
        warnings: ['the file is not encrypted: who reads it learns what was done, and to what'],
      },
      basis: { path, format, filter },
    };
  },

  async commit(context, { format, path: wanted, ...filter }) {
    const { device, files, inReader, library } = context;
    const target = exportTarget(nativePathOf(wanted, device.slug), files);
    const expected = await inReader(countAuditTask, filter);
    const asked = { filter, expected, format, path: localUri(device.slug, target.path) };
    const bytes = estimateAuditBytes(expected);
    return startExport(context, { kind: 'audit.export', subject: `actions on ${library.name}`, asked, target, bytes });
  },

  verify: (context, _input, output) => verifyExport(context, output),
});
