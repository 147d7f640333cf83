import type { PhoneErrorInfo } from '../errors/phone-error.ts';
import type { LostDevice } from './owner/sound-device.ts';
import type { QualityWarning } from './quality/warnings.ts';
import type { CallState, OrphanedCall } from './state.ts';

/** What happened, as one discriminated union; the same events reach every tab. */
export type PhoneEvent =
  | { readonly type: 'registered' }
  | { readonly type: 'registration-failed'; readonly error: PhoneErrorInfo }
  /** The credentials are about to run out (`expiresAt`, milliseconds since 1970); the phone is fetching new ones. */
  | { readonly type: 'credentials-expiring'; readonly expiresAt: number }
  | { readonly type: 'connection-lost'; readonly reason: string }
  | { readonly type: 'incoming-call'; readonly call: CallState }
  /** A caller was told `486 Busy Here`, because of another call or of do-not-disturb. */
  | {
      readonly type: 'call-refused';
      readonly remote: CallState['remote'];
      readonly interactionId?: string;
      readonly because: 'in-call' | 'do-not-disturb';
    }
  /** A second caller waits: answering them holds the first. */
  | { readonly type: 'call-waiting'; readonly call: CallState }
  | { readonly type: 'call-answered'; readonly call: CallState }
  | { readonly type: 'call-ended'; readonly call: CallState }
  /** Our hang-up did not reach the exchange: tell it over HTTP, or the far side stays connected. */
  | { readonly type: 'hangup-undelivered'; readonly call: CallState }
  /** The page of this call went away. Ask the server to ring it back in; the phone answers that by itself. */
  | { readonly type: 'call-orphaned'; readonly orphan: OrphanedCall }
  | { readonly type: 'media-recovering'; readonly callId: string }
  | { readonly type: 'media-recovered'; readonly callId: string }
  | { readonly type: 'media-failed'; readonly callId: string }
  | {
      readonly type: 'quality-warning';
      readonly callId: string;
      readonly warning: QualityWarning;
      readonly raised: boolean;
    }
  | { readonly type: 'microphone-failed'; readonly error: PhoneErrorInfo; readonly callId?: string }
  | { readonly type: 'devices-changed' }
  /** A device in use was unplugged; the call goes on with the replacement, or unheard when there is none. */
  | ({ readonly type: 'device-lost' } & LostDevice)
  | { readonly type: 'playback-blocked'; readonly callId: string }
  | { readonly type: 'ownership'; readonly role: 'owner' | 'follower' }
  | { readonly type: 'error'; readonly error: PhoneErrorInfo };

export type PhoneEventMap = { [E in PhoneEvent as E['type']]: E };
