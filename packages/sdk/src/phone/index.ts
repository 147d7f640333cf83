/** The phone: SIP over WebSocket and WebRTC in the page, without any user interface. */

export type { PhoneErrorCategory, PhoneErrorCode, PhoneErrorInfo, SipReason } from '../errors/phone-error.ts';
export { isPhoneError, PhoneError } from '../errors/phone-error.ts';
export type { Channel, OpenChannel } from '../tabs/channel.ts';
export type { Lease, Locks } from '../tabs/locks.ts';
export type { Phone, StartOptions } from './create-phone.ts';
export { createPhone } from './create-phone.ts';
export type { CommandOptions } from './deadline.ts';
export type { PhoneEvent, PhoneEventMap } from './events.ts';
export type { Headset, HeadsetState } from './headset/headset.ts';
export type { HidDevice, HidPort } from './headset/hid-port.ts';
export type { PhoneOptions } from './options.ts';
export type { DeviceChoice } from './owner/audio.ts';
export type { ReconnectPolicy } from './owner/backoff.ts';
export { DEFAULT_RECONNECT_POLICY } from './owner/backoff.ts';
export type { CallOptions, DeclineReason } from './owner/calls.ts';
export type { AutoAnswer } from './owner/calls-host.ts';
export type { FetchCredentials, PhoneCredentials } from './owner/credentials.ts';
export type { LostDevice } from './owner/sound-device.ts';
export type { Clock } from './ports/clock.ts';
export type { AudioDevice, AudioDevices, MediaPort, Playback, Ringer } from './ports/media.ts';
export type {
  CreateSipEngine,
  InviteRequest,
  SipCall,
  SipCallEndCause,
  SipCallEvent,
  SipEngineOptions,
  SipEvent,
  SipIdentity,
  SipPort,
  SipSocket,
  SipTraceLine,
} from './ports/sip.ts';
export type { Store } from './ports/store.ts';
export type { Preflight } from './preflight/preflight.ts';
export type {
  PreflightCheck,
  PreflightFigures,
  PreflightReason,
  PreflightResult,
  PreflightState,
  PreflightStatus,
} from './preflight/state.ts';
export type { QualityEstimate } from './quality/estimate.ts';
export type { QualityWarning } from './quality/warnings.ts';
export type {
  CallEnd,
  CallEndReason,
  CallHold,
  CallMedia,
  CallSignalling,
  CallState,
  DeviceState,
  OrphanedCall,
  PhonePolicy,
  PhoneRole,
  PhoneState,
  RegistrationState,
  TransportState,
} from './state.ts';
