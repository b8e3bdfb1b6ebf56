import { ERRORS } from '../errors.ts';
import { rpcMethods } from './methods.ts';
import { paramsOf } from './json-schema.ts';
import { LIMITS } from './protocol.ts';

/** The tables of `docs/rpc.md`, from what the code says; a test holds the document against them. */
export function documentedTables(): Readonly<Record<string, string>> {
  return {
    errors: table(['Code', 'Number', 'Meaning'], Object.entries(ERRORS).map(([code, [number, meaning]]) => [`\`${code}\``, String(number), meaning])),
    methods: table(['Method', 'Parameters', 'What it does'], rpcMethods.map(({ name, summary, input }) => [`\`${name}\``, parameters(input), summary])),
    limits: table(['Limit', 'Value'], Object.entries(LIMITS).map(([name, value]) => [`\`${name}\``, String(value)])),
  };
}

function parameters(input: (typeof rpcMethods)[number]['input']): string {
  return paramsOf(input).map(({ name, required }) => `\`${name}${required ? '' : '?'}\``).join(' ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
