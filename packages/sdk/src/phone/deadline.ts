import { PhoneError } from '../errors/phone-error.ts';
import type { Clock } from './ports/clock.ts';

/** Every command takes these. */
export interface CommandOptions {
  readonly signal?: AbortSignal;
  /** The command rejects with code `deadline` after this long. */
  readonly deadlineMs?: number;
}

/**
 * Runs a task under a deadline and the caller's signal. The task sees one signal for both, and its own late outcome
 * is ignored: the promise settles at once.
 */
export function bounded<T>(
  clock: Clock,
  options: CommandOptions,
  what: { readonly name: string; readonly deadlineMs: number; readonly callId?: string },
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const { signal } = options;
  const deadlineMs = options.deadlineMs ?? what.deadlineMs;
  return new Promise<T>((resolve, reject) => {
    const abort = (): void =>
      controller.abort(
        new PhoneError('aborted', `${what.name} was given up.`, { cause: signal?.reason, callId: what.callId }),
      );
    const cancel = clock.after(deadlineMs, () => {
      controller.abort(
        new PhoneError(
          'deadline',
          `${what.name} was not confirmed within ${deadlineMs} ms. Check the connection and try again.`,
          {
            callId: what.callId,
          },
        ),
      );
    });
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true });
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
    const finish = (): void => {
      cancel();
      signal?.removeEventListener('abort', abort);
    };
    if (controller.signal.aborted) return finish();
    task(controller.signal).then(
      (value) => {
        finish();
        resolve(value);
      },
      (error: unknown) => {
        finish();
        reject(error);
      },
    );
  });
}
