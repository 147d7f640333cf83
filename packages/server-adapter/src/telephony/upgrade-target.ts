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
