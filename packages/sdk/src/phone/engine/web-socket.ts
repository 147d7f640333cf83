import type { SipSocket } from '../ports/sip.ts';

/** SIP over WebSocket (RFC 7118) in the shape that JsSIP expects. */
export function createWebSocket(url: string): SipSocket {
  const { protocol, host } = new URL(url);
  let socket: WebSocket | null = null;
  const self: SipSocket = {
    url,
    sip_uri: `sip:${host};transport=ws`,
    via_transport: protocol === 'wss:' ? 'WSS' : 'WS',
    connect() {
      if (socket && socket.readyState <= WebSocket.OPEN) return;
      const opened = new WebSocket(url, 'sip');
      socket = opened;
      opened.binaryType = 'arraybuffer';
      opened.onopen = () => self.onconnect();
      opened.onclose = (event) => {
        if (socket === opened) socket = null;
        self.ondisconnect(!event.wasClean, event.code, event.reason);
      };
      opened.onmessage = (event: MessageEvent<string | ArrayBuffer>) => self.ondata(event.data);
    },
    disconnect() {
      const closing = socket;
      socket = null;
      if (!closing) return;
      closing.onopen = closing.onclose = closing.onmessage = null;
      closing.close();
    },
    send(message) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(message);
      return true;
    },
    onconnect: () => {},
    ondisconnect: () => {},
    ondata: () => {},
  };
  return self;
}
