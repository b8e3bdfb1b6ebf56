/** Calls `call` when what `look` answers is not what it answered before. Does not keep the process alive. */
export function poll(milliseconds: number, look: () => string, call: () => void): () => void {
  const lookSafely = (): string | undefined => {
    try {
      return look();
    } catch {
      return undefined;
    }
  };
  let known = lookSafely();
  const timer = setInterval(() => {
    const now = lookSafely();
    if (now === undefined || now === known) return;
    known = now;
    call();
  }, milliseconds).unref();
  return () => clearInterval(timer);
}
