import type { Clock } from '../clock.ts';
import { Problem } from '../problem.ts';

export interface RateLimitOptions {
  /** Requests that one account may send at once. @default 300 */
  readonly burst?: number;
  /** And per second after that. @default 100 */
  readonly perSecond?: number;
}

const MAX_BUCKETS = 10_000;

/** A token bucket per key. Keys are account ids: a client's address can be made up, an account cannot. */
export function createRateLimit(
  options: RateLimitOptions,
  clock: Clock,
  complaint = 'This account sends more requests than anyone could click.',
): (key: string) => void {
  const { burst = 300, perSecond = 100 } = options;
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (key) => {
    const now = clock.now().getTime();
    const bucket = buckets.get(key) ?? { tokens: burst, at: now };
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) * perSecond) / 1000);
    bucket.at = now;
    if (!buckets.has(key) && buckets.size >= MAX_BUCKETS) buckets.delete(buckets.keys().next().value ?? '');
    buckets.set(key, bucket);
    if (bucket.tokens < 1) {
      const retryAfterSeconds = Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
      throw new Problem('too-many-requests', complaint, {
        retryAfterSeconds,
      });
    }
    bucket.tokens -= 1;
  };
}
