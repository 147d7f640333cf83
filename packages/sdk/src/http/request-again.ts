/** Tries besides the first. */
const REPETITIONS = 2;
const PAUSE_MS = 300;
/** What a proxy says while the adapter behind it is away. */
const AWAY: ReadonlySet<number> = new Set([502, 503, 504]);

/**
 * `fetch`, repeated where the connection was lost or a proxy had nobody behind it. Safe for what reads and for what carries
 * an idempotency key. The signal ends all of it: the tries, the pauses between them, and the reading of the answer.
 */
export async function requestAgain(
  fetch: typeof globalThis.fetch,
  url: string,
  init: RequestInit,
  signal: AbortSignal,
): Promise<Response> {
  for (let repeated = 0; ; repeated += 1) {
    const last = repeated === REPETITIONS;
    try {
      const response = await fetch(url, { ...init, signal });
      if (last || !AWAY.has(response.status)) return response;
      await response.body?.cancel();
    } catch (error) {
      if (last || signal.aborted) throw error;
    }
    await pause(PAUSE_MS * 2 ** repeated, signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, ms);
    signal.addEventListener('abort', end);
  });
}
