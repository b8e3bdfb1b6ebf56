import { settingsSchema } from '../../domain/settings.ts';
import { action, observed } from '../../operation.ts';

export const updateSettings = action({
  summary: 'Changes settings of this installation; those that are not named stay. They take effect at once.',
  name: 'settings.update',
  scope: 'core',
  input: settingsSchema.partial(),
  output: settingsSchema,
  errors: ['NOT_WRITABLE', 'DISK_FULL', 'IO'],
  permissions: ['core.manage'],

  preview({ settings }, changes) {
    const now = settings.get();
    const steps = Object.entries(changes)
      .filter(([name, value]) => now[name as keyof typeof now] !== value)
      .map(([name, value]) => ({
        what: 'set',
        target: name,
        detail: `${now[name as keyof typeof now]} → ${value}`,
      }));
    const summary = steps.length === 0 ? 'Nothing to change.' : `Set ${steps.map(({ target }) => target).join(', ')}.`;
    return { plan: { summary, steps, conflicts: [], warnings: [] }, basis: { ...now } };
  },

  commit: ({ settings }, changes) => settings.update(changes),

  verify({ settings }, changes) {
    const now = settings.get();
    return observed(
      ...Object.entries(changes).map(
        ([name, value]) => [name, value, now[name as keyof typeof now]] as [string, unknown, unknown],
      ),
    );
  },
});
