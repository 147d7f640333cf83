/** Waits for a condition and gives what it found; says what it waited for when it does not come. */
export async function until<T>(
  what: string,
  look: () => Promise<T> | T,
  { timeoutMs = 20_000, everyMs = 50 }: { readonly timeoutMs?: number; readonly everyMs?: number } = {},
): Promise<Exclude<T, undefined | null | false>> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined && found !== null && found !== false)
        return found as Exclude<T, undefined | null | false>;
      last = found;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline)
      throw new Error(
        `Waited ${timeoutMs} ms in vain for: ${what}. Last: ${last instanceof Error ? last.message : last}`,
      );
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
