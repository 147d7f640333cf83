import type { JsSipTransaction, JsSipUa } from './jssip-types.ts';

/** How the last re-INVITE of a dialog was refused, and whether its BYE arrived: JsSIP tells neither. */
export interface TransactionTap {
  /** Status of the last refused in-dialog INVITE, taken once. */
  takeRefusal(callId: string): { readonly status: number; readonly phrase: string } | undefined;
  /** Resolves when the BYE of this dialog is answered (true) or lost (false). Ask before hanging up. */
  byeOutcome(callId: string): Promise<boolean>;
}

export function tapTransactions(ua: JsSipUa): TransactionTap {
  const refusals = new Map<string, { status: number; phrase: string }>();
  const byes = new Map<string, (delivered: boolean) => void>();
  ua.on('newTransaction', ({ transaction }) => {
    if (!transaction.eventHandlers) return;
    const { request } = transaction;
    if (request.method === 'BYE') watchBye(transaction, byes);
    else if (request.method === 'INVITE' && !request.to.hasParam('tag')) ignoreLaterForks(transaction);
    else if (request.method === 'INVITE' && request.to.hasParam('tag')) {
      const handlers = transaction.eventHandlers;
      const original = handlers.onReceiveResponse;
      handlers.onReceiveResponse = (response) => {
        const status = response.status_code ?? 0;
        if (status >= 300) refusals.set(request.call_id, { status, phrase: response.reason_phrase ?? '' });
        // JsSIP repeats after a 491 once, after a fixed second, even when the call is over by then. Shown as a plain
        // refusal, the repetition is ours to time.
        if (status === 491) response.status_code = 500;
        original(response);
      };
    }
  });
  return {
    takeRefusal(callId) {
      const refusal = refusals.get(callId);
      refusals.delete(callId);
      return refusal;
    },
    byeOutcome: (callId) =>
      new Promise((resolve) => {
        byes.set(callId, resolve);
      }),
  };
}

/**
 * Several telephones may answer one INVITE early, each with sound of its own. JsSIP applies every such answer, and from
 * the second on the browser refuses, since no offer is open any more: only the first is for it, the others merely ring.
 */
function ignoreLaterForks({ eventHandlers: handlers }: JsSipTransaction): void {
  if (!handlers) return;
  const original = handlers.onReceiveResponse;
  let answeredEarly = false;
  handlers.onReceiveResponse = (response) => {
    const status = response.status_code ?? 0;
    if (status > 100 && status < 200 && response.body) {
      if (answeredEarly) response.body = null;
      answeredEarly = true;
    }
    original(response);
  };
}

function watchBye(transaction: JsSipTransaction, byes: Map<string, (delivered: boolean) => void>): void {
  const handlers = transaction.eventHandlers;
  if (!handlers) return;
  const settle = (delivered: boolean): void => {
    byes.get(transaction.request.call_id)?.(delivered);
    byes.delete(transaction.request.call_id);
  };
  const { onReceiveResponse, onTransportError, onRequestTimeout } = handlers;
  handlers.onReceiveResponse = (response) => {
    // Any final answer, 481 included, proves that the far side knows the call is over.
    if ((response.status_code ?? 0) >= 200 && response.status_code !== 401 && response.status_code !== 407)
      settle(true);
    onReceiveResponse(response);
  };
  handlers.onTransportError = () => {
    settle(false);
    onTransportError();
  };
  handlers.onRequestTimeout = () => {
    settle(false);
    onRequestTimeout();
  };
}
