import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { Problem } from '../problem.ts';
import type { Store, Tx } from '../store/store.ts';

/** Counts how often all links were revoked; each link carries the count of its making. */
const EPOCH = 'recording-links';

export interface LinkParts {
  readonly recordingId: string;
  /** Who asked for the link: what they may not hear any more, their link does not open either. */
  readonly accountId: string;
  readonly expiresAt: Date;
}

export interface RecordingLinksSigner {
  issue(db: Tx['db'], parts: LinkParts): Promise<string>;
  /** @throws `recording-link-over` for anything that is not a link of this recording that is good now */
  open(recordingId: string, token: string): Promise<LinkParts>;
  revokeAll(tx: Tx): Promise<number>;
}

/** @param sign keyed with the adapter's pepper: whoever has a copy of the database cannot make links */
export function createLinkSigner(store: Store, clock: Clock, sign: (text: string) => string): RecordingLinksSigner {
  const epochOf = async (db: Tx['db']) => {
    const row = await db.selectFrom('counters').select('value').where('name', '=', EPOCH).executeTakeFirst();
    return Number(row?.value ?? 0);
  };
  const mac = (recordingId: string, accountId: string, expires: string, epoch: string) =>
    sign(['recording-link', recordingId, accountId, expires, epoch].join('\n'));
  const over = () => new Problem('recording-link-over', 'This link does not open a recording any more.');

  return {
    async issue(db, { recordingId, accountId, expiresAt }) {
      const expires = expiresAt.getTime().toString(36);
      const epoch = (await epochOf(db)).toString(36);
      return [accountId, expires, epoch, mac(recordingId, accountId, expires, epoch)].join('.');
    },

    async open(recordingId, token) {
      const [accountId = '', expires = '', epoch = '', given = '', ...rest] = token.split('.');
      const wanted = Buffer.from(mac(recordingId, accountId, expires, epoch));
      const offered = Buffer.from(given);
      if (rest.length > 0 || wanted.length !== offered.length || !timingSafeEqual(wanted, offered)) throw over();
      const expiresAt = new Date(Number.parseInt(expires, 36));
      if (!(expiresAt > clock.now()) || Number.parseInt(epoch, 36) !== (await epochOf(store.db))) throw over();
      return { recordingId, accountId, expiresAt };
    },

    revokeAll: (tx) => tx.next(EPOCH),
  };
}
