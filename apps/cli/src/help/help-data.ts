import { type CompletedCommand, completionModel } from '../completion/model.ts';
import { EXIT } from '../errors.ts';
import { unknownTopic } from './unknown-topic.ts';

/** What help says, for programs: the commands of a topic, or all, with their declarations. */
export async function helpData(topic: string | undefined): Promise<unknown> {
  if (topic === 'exit-codes') return { exit_codes: Object.values(EXIT).map(([code, meaning]) => ({ code, meaning })) };
  const { commands } = await completionModel();
  const wanted = commands.filter(({ name }) => topic === undefined || name === topic || name.startsWith(`${topic} `));
  if (topic !== undefined && wanted.length === 0) throw await unknownTopic(topic);
  return { commands: wanted.map(described) };
}

function described({ name, summary, arguments: args, options }: CompletedCommand): unknown {
  return {
    name,
    summary,
    arguments: args.map(({ name: argument, summary: what, required, many }) => ({
      name: argument,
      summary: what,
      required,
      many,
    })),
    options: options.map(({ long, short, summary: what, takesValue, complete }) => ({
      name: `--${long}`,
      ...(short === undefined ? {} : { short: `-${short}` }),
      summary: what,
      takes_value: takesValue,
      ...(Array.isArray(complete) ? { values: complete } : {}),
    })),
  };
}
