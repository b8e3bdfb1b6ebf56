import { CliError, asCliError } from '../errors.ts';

/** Adds the query that was typed to an error that says where in it something is wrong, so that it can be pointed at. */
export async function pointing<T>(query: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const known = asCliError(error);
    const place = known.data['query'];
    if (query === undefined || typeof place !== 'object' || place === null) throw error;
    throw new CliError(known.exit, known.message, {
      wayOut: known.wayOut,
      code: known.code,
      data: { ...known.data, query: { ...place, text: query } },
    });
  }
}
