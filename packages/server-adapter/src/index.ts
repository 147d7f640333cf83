export type { HostIdentity, SessionOptions } from './accounts/index.ts';
export { type Adapter, createAdapter } from './adapter.ts';
export { canonicalJson } from './canonical-json.ts';
export { type Clock, systemClock } from './clock.ts';
export type { CrmConnector, CrmEntry } from './connectors/crm/crm-connector.ts';
export { type DidarOptions, didarCrm } from './connectors/crm/didar.ts';
export { type WebhookCrmOptions, webhookCrm } from './connectors/crm/webhook.ts';
export type { DealingConnector, DealingMessage } from './connectors/dealing/dealing-connector.ts';
export { type WebhookDealingOptions, webhookDealing } from './connectors/dealing/webhook.ts';
export { DeliveryError } from './connectors/delivery-error.ts';
export {
  GatewayError,
  type GatewayRequest,
  type PaymentGateway,
  type Verdict,
} from './connectors/payments/payment-gateway.ts';
export { type ZarinpalOptions, zarinpal } from './connectors/payments/zarinpal.ts';
export { type ZibalOptions, zibal } from './connectors/payments/zibal.ts';
export type { MasterKey } from './connectors/recordings/file-keys.ts';
export { fileRecordings } from './connectors/recordings/file-recordings.ts';
export type { ByteRange, FileContent, RecordingStore } from './connectors/recordings/recording-store.ts';
export { type S3RecordingsOptions, s3Recordings } from './connectors/recordings/s3-recordings.ts';
export { type ClamavOptions, clamavScanner } from './connectors/scanner/clamav.ts';
export { noScanner } from './connectors/scanner/none.ts';
export {
  type AttachmentScanner,
  ScannerError,
  type ScannerFault,
  type ScanVerdict,
} from './connectors/scanner/scanner.ts';
export { type KavenegarLookup, type KavenegarOptions, kavenegarSms } from './connectors/sms/kavenegar.ts';
export { type LogSmsOptions, logSms } from './connectors/sms/log.ts';
export {
  type SmsCallback,
  type SmsDriver,
  SmsError,
  type SmsErrorOptions,
  type SmsMessage,
  type SmsReport,
  type SmsState,
} from './connectors/sms/sms-driver.ts';
export { type TwilioOptions, twilioSms } from './connectors/sms/twilio.ts';
export {
  type CoursePlayer,
  type LicenceRequest,
  type MadeLicence,
  PlayerError,
} from './connectors/spotplayer/course-player.ts';
export { type SpotPlayerOptions, spotPlayer } from './connectors/spotplayer/spotplayer.ts';
export { createWebhookSigner, verifyWebhook, type WebhookSigner } from './connectors/webhook-signature.ts';
export { type WhatsAppCloudOptions, type WhatsAppTemplate, whatsAppCloud } from './connectors/whatsapp/cloud-api.ts';
export type { WhatsAppDriver, WhatsAppNews } from './connectors/whatsapp/whatsapp-driver.ts';
export type { CourseBuyer, CoursesOptions } from './courses/index.ts';
export type { CrmOptions } from './crm/index.ts';
export type { Directory, DirectoryCustomer, PinPolicy } from './customers/index.ts';
export type { DevicePortalOptions } from './device-portal-options.ts';
export { fileHeadSink, generateHeadKeys, type HeadSink, readHeadKey, type SignedHead } from './evidence/index.ts';
export { chainHash, findChainBreak, GENESIS_HASH, type LedgerRow } from './evidence/ledger.ts';
export type { FaxOptions } from './faxes/index.ts';
export type { RateLimitOptions } from './http/rate-limit.ts';
export { type Logger, stderrLogger } from './logger.ts';
export type { MessageTemplates, SmsOptions, WhatsAppOptions } from './messages/index.ts';
export type { AdapterOptions } from './options.ts';
export type { PaymentsOptions } from './payments/index.ts';
export { DEFAULT_PRESENCE_POLICY, type PresencePolicy } from './presence/index.ts';
export { Problem } from './problem.ts';
export { DEFAULT_RETENTION, type KeepFor, type RetentionPolicies, type RetentionPolicy } from './recordings/index.ts';
export { createPostgresStore, type PostgresStoreOptions } from './store/postgres.ts';
export { createSqliteStore, type SqliteStoreOptions } from './store/sqlite.ts';
export type { Audience, Store, Tx } from './store/store.ts';
export type {
  Device,
  DeviceState,
  Exchange,
  ExchangeEvent,
  HangupCause,
  LegSnapshot,
  PhoneCredentials,
  PlayItem,
  RecordOptions,
  RingOptions,
} from './telephony/exchange.ts';
export { ExchangeError } from './telephony/exchange.ts';
export type { OutboundOptions } from './telephony/flows/call-target.ts';
export { DEFAULT_FLOW_POLICY, type FlowPolicy } from './telephony/flows/policy.ts';
export type { OverflowedCall, OverflowHandlers } from './telephony/flows/queue/overflow.ts';
export type { QueueOptions, QueueOverflow } from './telephony/flows/queue/queue-options.ts';
export type { VirtualNumbersOptions } from './telephony/flows/virtual/index.ts';
export type { TicketGoals, TicketsOptions } from './tickets/index.ts';
export type { VoicemailOptions } from './voicemail/index.ts';
