import { commands, groups } from '../commands/index.ts';
import { type CliError, usage } from '../errors.ts';
import { didYouMean } from '../parse/suggest.ts';

export async function unknownTopic(topic: string): Promise<CliError> {
  const [meant] = await didYouMean(
    topic,
    [...commands, ...groups].map(({ name }) => name),
  );
  return usage(
    `there is no help on "${topic}"`,
    meant ? `did you mean "sd help ${meant}"?` : 'sd help lists the commands',
  );
}
