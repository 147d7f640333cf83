import type { Clock } from '../ports/clock.ts';
import type { SipSocket } from '../ports/sip.ts';

/** Shorter than the minute after which routers forget a silent connection. */
const PING_EVERY_MS = 25_000;
const PONG_DEADLINE_MS = 6_000;
/** Late by more than this, a timer says that the page slept, and nothing about the line. */
const SLEPT_MS = 2_000;
/** With an exchange that answers no ping, every so many pings a question is asked that it must answer. */
const PINGS_PER_QUESTION = 4;
const PING = '\r\n\r\n';

export interface KeepAliveSocket extends SipSocket {
  /** Asks now whether anybody is at the other end. */
  check(): void;
}

/**
 * Keep-alive of RFC 5626 (a double CRLF, answered by a single one): a half-open socket looks healthy for minutes while
 * calls ring nowhere. Browsers show WebSocket pings to no page, so this one is ours. An exchange that answers it is
 * believed dead when it stops answering. Of one that never does (Asterisk), silence proves nothing: `onDoubt` asks for a
 * proof of another kind.
 */
export function keepAlive(
  inner: SipSocket,
  { clock, onDoubt }: { readonly clock: Clock; readonly onDoubt: () => void },
): KeepAliveSocket {
  let answers = false;
  let unanswered = 0;
  let open = false;
  let stopNext: () => void = () => {};
  let stopDeadline: (() => void) | null = null;

  const rest = (): void => {
    stopNext();
    stopDeadline?.();
    stopDeadline = null;
  };
  const ping = (): void => {
    if (!open || stopDeadline) return;
    const judgedAt = clock.now() + PONG_DEADLINE_MS;
    inner.send(PING);
    stopDeadline = clock.after(PONG_DEADLINE_MS, () => {
      stopDeadline = null;
      // A page that slept has not read what came meanwhile.
      if (clock.now() - judgedAt > SLEPT_MS) return ping();
      if (answers) return lost();
      unanswered += 1;
      if (unanswered % PINGS_PER_QUESTION === 0) onDoubt();
    });
  };
  const pingAgain = (): void => {
    stopNext = clock.after(PING_EVERY_MS, () => {
      pingAgain();
      ping();
    });
  };
  const lost = (): void => {
    open = false;
    rest();
    inner.disconnect();
    outer.ondisconnect(true, 1006, 'The exchange does not answer any more.');
  };

  const outer: KeepAliveSocket = {
    url: inner.url,
    sip_uri: inner.sip_uri,
    via_transport: inner.via_transport,
    connect() {
      inner.onconnect = () => {
        open = true;
        unanswered = 0;
        pingAgain();
        // The first one, to learn whether this exchange answers.
        ping();
        outer.onconnect();
      };
      inner.ondisconnect = (error, code, reason) => {
        open = false;
        rest();
        outer.ondisconnect(error, code, reason);
      };
      inner.ondata = (data) => {
        // Whatever arrives proves that the line lives.
        stopDeadline?.();
        stopDeadline = null;
        if (typeof data === 'string' && data.trim() === '') answers = true;
        else outer.ondata(data);
      };
      inner.connect();
    },
    disconnect() {
      open = false;
      rest();
      inner.disconnect();
    },
    send: (message) => inner.send(message),
    check() {
      ping();
      if (open && !answers) onDoubt();
    },
    onconnect: () => {},
    ondisconnect: () => {},
    ondata: () => {},
  };
  return outer;
}
