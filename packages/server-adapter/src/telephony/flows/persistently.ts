import type { CallSession } from './call-session.ts';

const RETRY_SECONDS = 2;

/** What a call shows of itself while its end waits for the store. */
export type Ending = Pick<CallSession, 'id' | 'abandoned' | 'onAbandon' | 'waiting'> & {
  readonly services: Pick<CallSession['services'], 'timers' | 'logger'>;
};

/** A store that cannot be written for a while must not leave a call open for ever. */
export async function persistently<T>(session: Ending, write: () => Promise<T>): Promise<T | undefined> {
  const { timers, logger } = session.services;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (session.abandoned) {
        logger.error(`The end of call ${session.id} was not written; it is found at the next start.`, error);
        return undefined;
      }
      logger.warn(`The end of call ${session.id} could not be written; trying again.`, error);
      session.waiting = true;
      await new Promise<void>((resolve) => {
        session.onAbandon = resolve;
        timers.after(RETRY_SECONDS * 1000, resolve);
      });
      session.waiting = false;
    }
  }
}
