import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { transferAcceptancesRoutes } from '../http/routes/transfer-acceptances.ts';
import { transfersRoutes } from '../http/routes/transfers.ts';
import type { Locale } from '../protocol/primitives.ts';
import type { SentCode, Transfer, TransferOffer } from '../protocol/transfer.ts';
import { createArrivals } from '../state/arrivals.ts';
import { LiveList, type OpenedList } from '../state/live-list.ts';

/** The text as it was shown, and the code of the text message. */
export interface TransferConsentInput {
  readonly locale: Locale;
  readonly code: string;
}

/** Devices that change hands (D8, G7): both owners consent by a one-time code, then the house decides. */
export interface Transfers {
  /** The buyer's own, the newest first. Open it while it is shown. */
  readonly own: OpenedList<Transfer>;
  /** What waits for the house. Managers and supervisors only. */
  readonly toReview: OpenedList<Transfer>;
  /** Names the new owner; nothing is binding before the code. */
  start(input: Parameters<Client['transfers']['start']>[0]): Promise<Transfer>;
  /** Has a one-time code sent to the present owner's number. */
  sendCode(transferId: string): Promise<SentCode>;
  /** Confirms the text that was shown; one that has changed since is refused with `transfer-text-changed`. */
  confirm(transfer: Transfer, consent: TransferConsentInput): Promise<Transfer>;
  withdraw(transferId: string): Promise<Transfer>;
  /** Approves the transfer as it was looked at; `buyer` when the new owner is none yet. Managers only. */
  approve(
    transfer: Transfer,
    buyer?: NonNullable<Parameters<Client['transfers']['approve']>[0]['buyer']>,
  ): Promise<Transfer>;
  reject(transfer: Transfer, reason: string): Promise<Transfer>;
  /** What a new owner is to accept, by the secret of their link; nobody has to be signed in. */
  offer(token: string): Promise<TransferOffer>;
  sendOfferCode(token: string): Promise<SentCode>;
  accept(token: string, offer: TransferOffer, consent: TransferConsentInput): Promise<TransferOffer>;
  decline(token: string): Promise<TransferOffer>;
}

export interface TransfersManager extends Transfers {
  reload(): void;
  reset(): void;
  handleTransfer(transfer: Transfer): void;
}

const LIMIT = 200;
// Ids sort by time.
const newestFirst = (a: Transfer, b: Transfer) => (a.id < b.id ? 1 : -1);

export function createTransfers(client: Pick<Client, 'transfers' | 'transferAcceptances'>): TransfersManager {
  const { transfers, transferAcceptances } = client;
  const own = new LiveList<Transfer>({
    fetch: async () => (await transfers.own({})).transfers,
    matches: () => true,
    compare: newestFirst,
  });
  const toReview = new LiveList<Transfer>({
    fetch: async () => (await transfers.list({ state: 'accepted', limit: LIMIT })).transfers,
    matches: ({ state }) => state === 'accepted',
    // Who has waited longest comes first.
    compare: (a, b) => -newestFirst(a, b),
  });
  const { event: handleTransfer, answer: after } = createArrivals<Transfer>((transfer) => {
    own.put(transfer);
    toReview.put(transfer);
  });
  return {
    own,
    toReview,
    handleTransfer,
    reload() {
      own.reload();
      toReview.reload();
    },
    reset() {
      own.reset();
      toReview.reset();
    },
    start: (input) => after(transfers.start(input)),
    sendCode: (transferId) => transfers.sendCode({ transferId }),
    confirm: ({ id, wordings }, { locale, code }) =>
      after(transfers.confirm({ transferId: id, locale, digest: wordings[locale].digest, code })),
    withdraw: (transferId) => after(transfers.withdraw({ transferId })),
    approve: ({ id, revision }, buyer) =>
      after(transfers.approve({ transferId: id, revision, ...(buyer === undefined ? {} : { buyer }) })),
    reject: ({ id, revision }, reason) => after(transfers.reject({ transferId: id, revision, reason })),
    offer: (token) => transferAcceptances.get({ token }),
    sendOfferCode: (token) => transferAcceptances.sendCode({ token }),
    accept: (token, { wordings }, { locale, code }) =>
      transferAcceptances.accept({ token, locale, digest: wordings[locale].digest, code }),
    decline: (token) => transferAcceptances.decline({ token }),
  };
}

/** Devices that change hands. */
export const transfers: Feature<Transfers> = {
  name: 'transfers',
  create({ clientFor, on, keep }) {
    const made = createTransfers(
      clientFor({ transfers: transfersRoutes, transferAcceptances: transferAcceptancesRoutes }),
    );
    on('transfer', ({ data }) => made.handleTransfer(data));
    keep(made);
    return made;
  },
};
