/** Steps of a batch: between them others have a turn, and a crash leaves no more than these to be looked at again. */
export const MOST_STEPS = 1_000;
