import { SdError } from '../errors.ts';
import { type Malformed, type Request, errorText } from './message.ts';
import { LIMITS } from './protocol.ts';

/**
 * Answers a batch in one message, once the last of it is done: an array of answers, in the order of the requests, with
 * none for notifications; nothing at all where the batch had only those.
 */
export function answerBatch(
  items: readonly (Request | Malformed)[],
  take: (item: Request | Malformed, answer: (text: string | undefined) => void) => void,
  send: (text: string | undefined) => void,
): void {
  const answers: (string | undefined)[] = [];
  let open = items.length;
  let length = 0;
  for (const [index, item] of items.entries()) {
    take(item, (text) => {
      const fits = text === undefined || length + text.length <= LIMITS.batchAnswerBytes;
      answers[index] = fits ? text : tooLarge(item);
      length += answers[index]?.length ?? 0;
      if (--open === 0) send(join(answers));
    });
  }
}

function join(answers: readonly (string | undefined)[]): string | undefined {
  const given = answers.filter((answer) => answer !== undefined);
  return given.length === 0 ? undefined : `[${given.join(',')}]`;
}

function tooLarge(item: Request | Malformed): string {
  return errorText(
    item.id ?? null,
    new SdError('TOO_LARGE', 'the answers to this batch are too large together', {
      limit: LIMITS.batchAnswerBytes,
      way_out: 'send the requests one by one',
    }),
  );
}
