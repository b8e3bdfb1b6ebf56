import { z } from 'zod';
import { listSpaces as allSpaces } from '../../db/library/spaces.ts';
import { DEFAULT_SPACE_NAME, spaceSchema } from '../../domain/space.ts';
import { query } from '../../operation.ts';
import { spaceView } from '../../spaces/layout.ts';

export const listSpaces = query({
  summary: 'The spaces, in their order; until somebody makes one, the one that is shown meanwhile.',
  name: 'spaces.list',
  scope: 'library',
  input: z.object({}),
  output: z.object({ spaces: z.array(spaceSchema) }),
  errors: [],
  permissions: ['library.read'],

  run({ library }) {
    const spaces = allSpaces(library.db).map(spaceView);
    return { spaces: spaces.length > 0 ? spaces : [{ name: DEFAULT_SPACE_NAME }] };
  },
});
