import { act } from '../../daemon/act.ts';
import { command } from '../../declare/command.ts';
import { choices } from '../../declare/option.ts';
import { count } from '../../format/number.ts';
import { done, findLibrary } from '../../shared/library.ts';

const STATES = ['completed', 'failed', 'cancelled'] as const;

export const jobClear = command({
  name: 'job clear',
  summary: 'Forget the jobs that have ended, with their logs',
  details: ['What they did stays. Without this a library remembers the last 200 of them.'],
  arguments: {},
  options: { state: choices('STATE', STATES, `only those that are ${STATES.join(', ')}`) },
  examples: [['sd job clear --state completed', 'keep what needs a look']],
  calls: ['action:jobs.clear_history', 'query:libraries.list'],
  async run(sd, _args, { state }) {
    const library = sd.globals.library === undefined ? undefined : await findLibrary(sd, sd.globals.library);
    const input = { ...(state ? { states: state } : {}), ...(library ? { library_id: library.id } : {}) };
    const answer = await act<{ cleared: number }>(sd, { action: 'jobs.clear_history', input });
    if (answer) done(sd, `${count(answer.cleared, 'job')} forgotten`);
  },
});
