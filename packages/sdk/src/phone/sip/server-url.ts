import { PhoneError } from '../../errors/phone-error.ts';

/** `/sip` → `wss://this.page/sip`; `https:` and `http:` become `wss:` and `ws:`; absolute WebSocket addresses stay. */
export function resolveServer(server: string, pageUrl: string | undefined): string {
  let url: URL;
  try {
    url = new URL(server, pageUrl);
  } catch (cause) {
    throw new PhoneError(
      'invalid-credentials',
      `The SIP server "${server}" is not an address. Give wss://host/path or a path of this page.`,
      {
        cause,
        fatal: true,
      },
    );
  }
  if (url.protocol === 'https:') url.protocol = 'wss:';
  else if (url.protocol === 'http:') url.protocol = 'ws:';
  if (url.protocol !== 'wss:' && url.protocol !== 'ws:') {
    throw new PhoneError('invalid-credentials', `The SIP server must be a WebSocket address, not ${url.protocol}`, {
      fatal: true,
    });
  }
  return url.href;
}
