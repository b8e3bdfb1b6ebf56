import { optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { choice, text } from '../../declare/option.ts';
import { usage } from '../../errors.ts';
import { completionModel } from '../../completion/model.ts';
import { VALUE_SOURCES, knownValues } from '../../completion/values.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
const SCRIPTS = {
  bash: async () => (await import('../../completion/bash.ts')).bashScript,
  zsh: async () => (await import('../../completion/zsh.ts')).zshScript,
  fish: async () => (await import('../../completion/fish.ts')).fishScript,
};

export const completion = command({
  name: 'completion',
  summary: 'Print a completion script for a shell',
  details: [
    'bash: put  eval "$(sd completion bash)"  in ~/.bashrc',
    'zsh: put  eval "$(sd completion zsh)"  in ~/.zshrc, after compinit',
    'fish: sd completion fish > ~/.config/fish/completions/sd.fish',
  ],
  arguments: { shell: optional('bash, zsh or fish', SHELLS) },
  options: {
    values: choice(
      VALUE_SOURCES,
      'print the names that the daemon knows instead, one per line, if it runs; the scripts ask for them',
    ),
    typed: text('TEXT', 'of values of a query: the word so far, which they complete'),
  },
  examples: [['eval "$(sd completion bash)"', 'in the shell that runs']],
  calls: [
    'query:libraries.list',
    'query:locations.list',
    'query:volumes.list',
    'query:jobs.list',
    'query:tags.list',
    'query:collections.list',
    'query:spaces.list',
    'query:search.suggest',
    'rpc.discover',
  ],
  async run(sd, { shell }, { values, typed = '' }) {
    if (values) {
      const known = await knownValues(sd, values, typed);
      return sd.out.json ? sd.out.printJson(known) : sd.out.print(...known);
    }
    const wanted = SHELLS.find((one) => one === shell);
    if (!wanted)
      throw usage(
        shell === undefined ? 'for which shell?' : `no completion for "${shell}"`,
        `there is one for ${SHELLS.join(', ')}`,
      );
    const script = (await SCRIPTS[wanted]())(await completionModel());
    return sd.out.json ? sd.out.printJson({ shell: wanted, script }) : sd.out.print(script);
  },
});
