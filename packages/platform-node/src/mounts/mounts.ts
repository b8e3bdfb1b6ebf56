import { SdError } from '@sd/core/errors.ts';
import type { Mounts } from '@sd/core/platform.ts';

export const nodeMounts: Mounts = {
  list: async () => [],
  onChange: () => () => {},
  eject: async () => {
    throw new SdError('UNAVAILABLE', 'volumes cannot be ejected here');
  },
};
