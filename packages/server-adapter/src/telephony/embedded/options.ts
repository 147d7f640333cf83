export interface EmbeddedExchangeOptions {
  /** Folder for recordings; made when it does not exist. */
  readonly recordingsDir: string;
  /** Folder with the integrator's own prompts; see `promptFile`. */
  readonly promptsDir?: string;
  /** SIP domain and digest realm. @default 'callweave.local' */
  readonly domain?: string;
  /** What {@link PhoneCredentials.server} says: the path (or full wss address) at which `handleUpgrade` is called. @default '/sip' */
  readonly path?: string;
  /**
   * IPv4 address that phones send their audio to. The default keeps everything on this machine; a desk used from other
   * machines needs an address that they reach.
   * @default '127.0.0.1'
   */
  readonly mediaAddress?: string;
  /** Local address that media sockets are bound to, where it is not the announced one (NAT). @default mediaAddress */
  readonly mediaBindAddress?: string;
  /** UDP ports for media, for a firewall. One call takes one. @default any */
  readonly mediaPorts?: readonly [number, number];
  /** A leg that sends no audio for so long is gone; long enough for a phone to find its way back after an outage of 20 s. @default 40 */
  readonly mediaTimeoutSeconds?: number;
  /** Key of the phones' passwords; give one that outlives the process, so that phones come back after a restart by themselves. @default random */
  readonly credentialSecret?: string | Uint8Array;
  /** Passwords live between once and twice as long. @default 600 */
  readonly credentialSeconds?: number;
  /** Legs at a time. One recorded leg takes 1 to 2 % of a core, and all of them share the one of this process. @default 60 */
  readonly maxLegs?: number;
  /** Calls that one account may have at a time. @default 4 */
  readonly maxLegsPerAccount?: number;
  /** @default 2000 */
  readonly maxConnections?: number;
  /** @default 65536 */
  readonly maxMessageBytes?: number;
  /** SIP messages a second and connection, on average. @default 50 */
  readonly messagesPerSecond?: number;
  /** A socket without authentication is closed after so long. @default 15 */
  readonly unauthenticatedSeconds?: number;
  /** @default nothing is logged */
  readonly log?: (level: 'debug' | 'warn', message: string) => void;
}

export type ResolvedOptions = Required<
  Omit<EmbeddedExchangeOptions, 'promptsDir' | 'mediaPorts' | 'credentialSecret'>
> &
  Pick<EmbeddedExchangeOptions, 'promptsDir' | 'mediaPorts' | 'credentialSecret'>;

export function resolveOptions(options: EmbeddedExchangeOptions): ResolvedOptions {
  const mediaAddress = options.mediaAddress ?? '127.0.0.1';
  return {
    domain: 'callweave.local',
    path: '/sip',
    mediaBindAddress: mediaAddress,
    mediaTimeoutSeconds: 40,
    credentialSeconds: 600,
    maxLegs: 60,
    maxLegsPerAccount: 4,
    maxConnections: 2000,
    maxMessageBytes: 65_536,
    messagesPerSecond: 50,
    unauthenticatedSeconds: 15,
    log: () => undefined,
    ...options,
    mediaAddress,
  };
}
