import { randomBytes } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';

const RETRY_MS = 1_000;

/**
 * Holds one connection that hears when another process wrote events. While it is broken it is made anew, and after each
 * (re)connection `look` runs once, because what was said in between was not heard.
 */
export function listenForEvents(
  pool: Pool,
  channel: string,
  look: () => void,
): { readonly origin: string; stop(): Promise<void> } {
  /** Marks our own announcements: those events were already delivered from memory. */
  const origin = randomBytes(6).toString('hex');
  let client: PoolClient | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const retry = () => {
    client = undefined;
    if (!stopped) timer = setTimeout(() => void connect(), RETRY_MS).unref();
  };
  const connect = async (): Promise<void> => {
    let fresh: PoolClient;
    try {
      fresh = await pool.connect();
    } catch {
      return retry();
    }
    const lost = (error: Error) => {
      // The database may say goodbye to a connection that was given back already.
      if (stopped) return;
      fresh.release(error);
      retry();
    };
    fresh.once('error', lost);
    fresh.on('notification', ({ payload }) => {
      if (payload?.startsWith(`${origin}:`) !== true) look();
    });
    try {
      await fresh.query(`listen ${channel}`);
    } catch (error) {
      fresh.off('error', lost);
      fresh.release(error as Error);
      return retry();
    }
    if (stopped) return fresh.release(true);
    client = fresh;
    look();
  };
  const connecting = connect();

  return {
    origin,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await connecting;
      // Destroyed, not returned: it still listens.
      client?.release(true);
      client = undefined;
    },
  };
}
