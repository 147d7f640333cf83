import type { Locale, NumberingPlan, VerificationPolicy } from '@callweave/sdk/protocol';
import type { HostIdentity, SessionOptions } from './accounts/index.ts';
import type { Clock } from './clock.ts';
import type { DealingConnector } from './connectors/dealing/dealing-connector.ts';
import type { MasterKey } from './connectors/recordings/file-keys.ts';
import type { RecordingStore } from './connectors/recordings/recording-store.ts';
import type { Directory, PinPolicy } from './customers/index.ts';
import type { DevicePortalOptions } from './device-portal-options.ts';
import type { HeadExporterOptions } from './evidence/index.ts';
import type { FaxOptions } from './faxes/index.ts';
import type { RateLimitOptions } from './http/rate-limit.ts';
import type { InstallationOptions } from './installations/index.ts';
import type { Logger } from './logger.ts';
import type { SmsOptions, WhatsAppOptions } from './messages/index.ts';
import type { MissedCallPolicy } from './missed-calls/index.ts';
import type { PresencePolicy } from './presence/index.ts';
import type { RetentionPolicies } from './recordings/index.ts';
import type { Store } from './store/store.ts';
import type { SupervisionPolicy } from './supervision/index.ts';
import type { Exchange } from './telephony/exchange.ts';
import type { OutboundOptions } from './telephony/flows/call-target.ts';
import type { FlowPolicy } from './telephony/flows/policy.ts';
import type { QueueOptions } from './telephony/flows/queue/queue-options.ts';
import type { VirtualNumbersOptions } from './telephony/flows/virtual/index.ts';
import type { VoicemailOptions } from './voicemail/index.ts';
import type { ServiceGoal } from './wallboard/index.ts';

export interface AdapterOptions {
  /** Where everything is kept: `createSqliteStore` or `createPostgresStore`. The adapter does not close it. */
  readonly store: Store;

  /**
   * A key of at least 32 characters, from the environment or a secret store, never from the database. Passwords, PINs
   * and answers are keyed with it; with another one nobody can sign in and no customer can be verified.
   */
  readonly pepper: string;

  /** The path that the adapter serves. What is not below it is left to the host. @default '/callweave' */
  readonly basePath?: string;

  /**
   * Who sends this request, by the host's own sign-in; undefined when nobody is signed in. The account is made and kept
   * up to date from the answer. Without this option the adapter has accounts and passwords of its own.
   * @example authenticate: async (request) => sessionOf(request.headers.get('cookie'))?.employee
   */
  readonly authenticate?: (request: Request) => Promise<HostIdentity | undefined>;

  /** The telephone exchange. Without one there are no calls, and everything else works. The adapter starts and stops it. */
  readonly exchange?: Exchange;

  /** The host's customer base. @default our own, in the store */
  readonly directory?: Directory;

  /**
   * What the desk shows of a caller at ring, in the agent's words, from systems of your own. What Callweave itself knows of
   * devices, tickets and debt is shown beside it. @default the directory's
   */
  readonly entitlement?: (customerId: string) => Promise<string | undefined>;

  /** Where finished recordings are kept: a folder, or a store of your own. Needed with an exchange: no order is sealed without one. */
  readonly recordings?: string | RecordingStore;

  /**
   * Keys that encrypt recordings, voicemail and faxes: 32 bytes each, from the environment or a secret store. The first is
   * for new files, the others open older ones until `callweave recordings rotate-keys` has run. Files that were stored
   * before there were keys stay readable.
   * @default files are stored as they are
   * @example recordingKeys: [{ id: '2026b', key: process.env.RECORDING_KEY }]
   */
  readonly recordingKeys?: readonly MasterKey[];

  /**
   * For how long recordings are kept, by what they are kept for, and faxes and voicemail. What is left out keeps its default.
   * @default DEFAULT_RETENTION: orders, calls at the desk, faxes and voicemail 5 years, calls of field callers 1 year
   * @example recordingRetention: { order: { years: 7 } }
   */
  readonly recordingRetention?: Partial<RetentionPolicies>;

  /** How soon callers are promised an answer, for the wallboard. What is left out keeps its default. @default 80 % within 20 s */
  readonly serviceGoal?: Partial<ServiceGoal>;

  /** The numbers at which customers call; any number when it is left out (E.164, or as the operator delivers them). */
  readonly publicNumbers?: readonly string[];

  /** What agents may dial, and which numbers of the house are shown then. What is left out keeps its default. */
  readonly outbound?: OutboundOptions;

  /** How a number without a country code is read. @default IRAN */
  readonly numberingPlan?: NumberingPlan;

  /** What is asked of a caller before any order. Figures that are left out keep their default. @default DEFAULT_VERIFICATION_POLICY */
  readonly verification?: Partial<VerificationPolicy>;

  /** The PIN that a new customer gets. @default 1234, to be changed in the first call */
  readonly pinPolicy?: PinPolicy;

  /** Who acts on submitted orders: `webhookDealing` for the host's order system. @default our own dealing floor */
  readonly dealing?: DealingConnector;

  /** How text messages go out: `kavenegarSms`, `twilioSms`. Without it none do, and the log of messages says so. */
  readonly sms?: SmsOptions;

  /** How messages go out by WhatsApp: `whatsAppCloud`. Without it they go by SMS, where that is allowed. */
  readonly whatsapp?: WhatsAppOptions;

  /** What counts as a missed call, and whether the caller gets a text. What is left out keeps its default. */
  readonly missedCalls?: Partial<MissedCallPolicy>;

  /** Why agents may be not ready, and by how much a wrap-up may be extended. What is left out keeps its default. */
  readonly presence?: Partial<PresencePolicy>;

  /** Faxes: numbers that are answered as a fax machine, and a provider that hands faxes in. @default there are none */
  readonly fax?: FaxOptions;

  /**
   * Boxes for callers whom nobody answers: one for each queue, one for everyone who takes calls. `{}` takes every default.
   * @default nobody takes messages
   * @example voicemail: { unanswered: 'responder', maxSeconds: 120 }
   */
  readonly voicemail?: VoicemailOptions;

  /** Who may listen to calls, whether the agent is shown it, when an agent is told that no supervisor comes. What is left out keeps its default. */
  readonly supervision?: Partial<SupervisionPolicy>;

  /**
   * Calls through fictitious numbers: the number that field callers ring to call out, and the one that rings at them.
   * Without it such numbers can be managed, and nobody is called through them.
   * @example virtualNumbers: { accessNumber: '+420234234399', exchangeNumber: '+420234234390' }
   */
  readonly virtualNumbers?: VirtualNumbersOptions;

  /**
   * Where callers wait who find nobody; the first is behind every customer's own responders. Each may have numbers that
   * lead straight to it. @default none: the group rings once
   */
  readonly queues?: readonly QueueOptions[];

  /** Certificates of installation: who issues them, and where people check their codes. */
  readonly installations?: InstallationOptions;

  /** The buyers' portal: devices, service, tickets. What is left out keeps its default. */
  readonly devicePortal?: DevicePortalOptions;

  /** How inbound calls flow: seconds of ringing, of wrap-up, prompts. Figures that are left out keep their default. */
  readonly flow?: Partial<FlowPolicy>;

  /**
   * Signs the head of the hash chain at least every minute and keeps it elsewhere, so that a chain that was cut short is
   * found too. @default the head is not exported
   */
  readonly chainHeads?: Pick<HeadExporterOptions, 'sink' | 'privateKey' | 'intervalMs'>;

  /** Language of prompts where a caller is not known. @default 'fa' */
  readonly locale?: Locale;

  /** Where the market is: in it a day ends. @default 'Asia/Tehran' */
  readonly timeZone?: string;

  /** Origins besides the adapter's own whose pages may use it. @default [] */
  readonly allowedOrigins?: readonly string[];

  /** A proxy in front sets `X-Forwarded-Host`, and nobody else can reach the adapter. @default false */
  readonly trustForwardedHost?: boolean;

  /** Lengths of our own sessions. */
  readonly session?: SessionOptions;

  /** Requests of one account. */
  readonly rateLimit?: RateLimitOptions;

  /** How long a page that slept can still catch up event by event. @default 3 */
  readonly keepEventsDays?: number;

  /** How long the answer to an Idempotency-Key is kept; at least 24. @default 48 */
  readonly keepAnswersHours?: number;

  /** @default the system's clock */
  readonly clock?: Clock;

  /** @default JSON lines on stderr */
  readonly logger?: Logger;

  /** For tests: hold every answer against the contract; a wrong one becomes a 500. @default false */
  readonly verifyAnswers?: boolean;

  /** For tests: log2 of scrypt's N. Lower is faster and weaker. @default 15 */
  readonly secretCost?: number;
}
