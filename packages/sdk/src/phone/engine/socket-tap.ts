import type { SipSocket, SipTraceLine } from '../ports/sip.ts';
import { type PeekedResponse, peekResponse } from '../sip/peek.ts';
import { redact } from '../sip/redact.ts';

/**
 * Stands between JsSIP and the real socket: writes the trace, and reports answers to REGISTER, because JsSIP is silent
 * both when a renewal succeeds and when a 200 does not contain our contact.
 */
export function tapSocket(
  inner: SipSocket,
  hooks: {
    readonly onResponse: (response: PeekedResponse) => void;
    readonly trace: ((line: SipTraceLine) => void) | undefined;
  },
): SipSocket {
  const outer: SipSocket = {
    url: inner.url,
    sip_uri: inner.sip_uri,
    via_transport: inner.via_transport,
    connect() {
      inner.onconnect = () => outer.onconnect();
      inner.ondisconnect = (error, code, reason) => outer.ondisconnect(error, code, reason);
      inner.ondata = (data) => {
        if (hooks.trace && typeof data === 'string') hooks.trace({ direction: 'in', message: redact(data) });
        outer.ondata(data);
        const response = peekResponse(data);
        if (response) hooks.onResponse(response);
      };
      inner.connect();
    },
    disconnect: () => inner.disconnect(),
    send(message) {
      hooks.trace?.({ direction: 'out', message: redact(message) });
      return inner.send(message);
    },
    onconnect: () => {},
    ondisconnect: () => {},
    ondata: () => {},
  };
  return outer;
}
