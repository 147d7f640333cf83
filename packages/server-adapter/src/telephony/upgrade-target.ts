import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** An exchange that takes WebSocket connections in this process. */
export interface UpgradeTarget {
  /** Path at which it takes them; when it is not said, `/sip`. */
  readonly path?: string;
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

export function isUpgradeTarget(exchange: unknown): exchange is UpgradeTarget {
  return typeof (exchange as Partial<UpgradeTarget> | undefined)?.handleUpgrade === 'function';
}

/** An exchange that issues the phones' credentials itself and can take them back. */
export interface PhoneRevoker {
  revoke(account: string): Promise<void>;
}

export function canRevoke(exchange: unknown): exchange is PhoneRevoker {
  return typeof (exchange as Partial<PhoneRevoker> | undefined)?.revoke === 'function';
}
