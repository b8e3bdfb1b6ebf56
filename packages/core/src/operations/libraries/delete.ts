import { z } from 'zod';
import { uuidSchema } from '../../domain/ids.ts';
import { librarySelector } from '../../domain/library.ts';
import { SdError } from '../../errors.ts';
import { action, observed } from '../../operation.ts';

/** The decision of a plan that stands for typing the name. */
const CONFIRM = 'confirm_name';

export const deleteLibrary = action({
  summary: 'Moves a library to the trash. Your files stay where they are.',
  name: 'libraries.delete',
  scope: 'core',
  input: z.object({
    which: librarySelector,
    confirm_name: z
      .string()
      .max(200)
      .optional()
      .describe("the library's name, exactly; or as the decision confirm_name of a plan"),
  }),
  output: z.object({
    id: uuidSchema,
    name: z.string(),
    folder: z.string(),
    trashed: z.string().describe('where it went, as far as the system says'),
  }),
  errors: ['NOT_FOUND', 'CONFIRMATION_NEEDED', 'NOT_WRITABLE', 'CONFLICT'],
  permissions: ['library.manage'],

  preview({ libraries }, { which }) {
    const { id, name, folder, state } = libraries.find(which);
    return {
      plan: {
        summary: `Move the library "${name}" to the trash. The files it knows stay where they are.`,
        steps: [
          ...(state === 'open' ? [{ what: 'close', target: name }] : []),
          { what: 'move to trash', target: folder },
        ],
        conflicts: [
          {
            id: CONFIRM,
            about: `type the name of the library to delete it: ${name}`,
            choices: [name, ''],
            default: '',
          },
        ],
        warnings: ['its backups inside the folder go with it'],
      },
      basis: { id, name, folder },
    };
  },

  async commit({ libraries }, { which, confirm_name }, decisions) {
    const { id, name, folder } = libraries.find(which);
    if ((decisions[CONFIRM] ?? confirm_name) !== name) {
      throw new SdError('CONFIRMATION_NEEDED', `deleting the library "${name}" takes its name`, {
        confirm_name: name,
        way_out: 'give it as confirm_name',
      });
    }
    return { id, name, folder, ...(await libraries.remove(id)) };
  },

  verify: ({ libraries, files }, _input, { id, folder }) =>
    observed(
      ['library', 'unknown', libraries.known(id) ? 'known' : 'unknown'],
      ['its folder', 'absent', files.facts(folder) ? 'there' : 'absent'],
    ),
});
