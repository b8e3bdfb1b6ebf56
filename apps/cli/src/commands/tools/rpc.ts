import { required, optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { type CliError, asCliError, usage } from '../../errors.ts';
import { methodNames } from '../../shared/methods.ts';
import { didYouMean } from '../../parse/suggest.ts';
import type { Sd } from '../../sd.ts';

export const rpc = command({
  name: 'rpc',
  summary: 'Call a method of the daemon',
  details: [
    'rpc.discover lists the methods with their parameters. Operations are query:AREA.VERB, and preview:, action: and verify:AREA.VERB for what changes something.',
    'Times are milliseconds since 1970, sizes bytes. The answer is JSON: indented in a terminal, on one line elsewhere.',
  ],
  arguments: {
    method: required('e.g. query:core.status', 'method'),
    params: optional('the parameters, a JSON object; - reads it from standard input'),
  },
  options: {},
  examples: [
    ['sd rpc query:core.status', 'without parameters'],
    [`sd rpc query:search.files '{"text":"holiday"}'`, 'with parameters'],
    ['sd rpc rpc.discover | jq -r ".methods[].name"', 'the methods there are'],
  ],
  calls: [],
  async run(sd, { method, params }) {
    const given = readParams(params === '-' ? await standardInput() : (params ?? '{}'));
    const daemon = await sd.daemon();
    let answer: unknown;
    try {
      answer = await daemon.request(method, given);
    } catch (error) {
      const known = asCliError(error);
      throw known.code === 'METHOD_NOT_FOUND' ? await withSuggestion(sd, known, method) : known;
    }
    await sd.out.print(
      sd.out.json || sd.out.columns === undefined ? JSON.stringify(answer) : JSON.stringify(answer, undefined, 2),
    );
  },
});

function readParams(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw usage(
      `the parameters are not JSON: ${error instanceof Error ? error.message : String(error)}`,
      `for example: sd rpc query:search.files '{"text":"holiday"}'`,
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw usage('the parameters go by name, as a JSON object', `for example: '{"text":"holiday"}'`);
  return value as Record<string, unknown>;
}

async function standardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

async function withSuggestion(sd: Sd, error: CliError, method: string): Promise<CliError> {
  const names = await methodNames(await sd.daemon());
  // The prefix is easily forgotten.
  const bare = names.filter((name) => name.endsWith(`:${method}`));
  const meant = bare.length > 0 ? bare : await didYouMean(method, names);
  return usage(
    error.message,
    meant.length > 0 ? `did you mean ${meant.join(' or ')}?` : 'sd rpc rpc.discover lists the methods',
  );
}
