import type { MessageChannel, MessageState, MissedCall } from '@callweave/sdk/protocol';
import type { TermsSection } from './section.ts';

/** Missed calls and the log of text messages. */
export interface MissedCallTerms {
  readonly title: string;
  readonly empty: string;
  readonly waiting: (count: number) => string;
  readonly announceNew: (who: string) => string;
  readonly columns: Readonly<Record<'waiting' | 'caller' | 'rang' | 'called' | 'message' | 'actions', string>>;
  /** How often they rang. */
  readonly times: (count: number) => string;
  /** How often somebody rang them back in vain. */
  readonly attempts: (count: number) => string;
  readonly lastOutcome: Readonly<Record<MissedCall['lastOutcome'], string>>;
  readonly callBack: string;
  readonly callingBack: string;
  /** Somebody else is. */
  readonly claimedBy: (name: string) => string;
  readonly claimedByMe: string;
  readonly release: string;
  readonly finish: string;
  readonly finishReason: string;
  readonly finishHint: string;
  readonly confirmFinish: string;
  readonly noMessage: string;
  readonly messageState: Readonly<Record<MessageState, string>>;
  readonly log: {
    readonly title: string;
    readonly empty: string;
    readonly filter: string;
    readonly all: string;
    readonly troubled: string;
    readonly noneTroubled: string;
    readonly columns: Readonly<Record<'time' | 'purpose' | 'channel' | 'recipient' | 'state' | 'reason', string>>;
    readonly channel: Readonly<Record<MessageChannel, string>>;
    /** What a message is for; anything else is shown as it is. */
    readonly purpose: Readonly<
      Record<
        | 'missed-call'
        | 'field-missed-call'
        | 'one-time-code'
        | 'buyer-invitation'
        | 'announcement'
        | 'billing-warning'
        | 'billing-ceiling'
        | 'ticket'
        | 'transfer-offer'
        | 'transfer-decision',
        string
      >
    >;
    /** Why one failed or waits; a service's own code is shown as it is. */
    readonly reason: Readonly<
      Record<
        | 'not-configured'
        | 'uncertain'
        | 'too-late'
        | 'timeout'
        | 'unreachable'
        | 'too-many-requests'
        | 'no-credit'
        | 'bad-key'
        | 'bad-sender'
        | 'no-sender'
        | 'bad-receiver'
        | 'bad-length'
        | 'undelivered'
        | 'not-sent'
        | 'cancelled'
        | 'blocked-by-receiver'
        | 'not-reachable'
        | 'outside-window'
        | 'service-busy'
        | 'not-allowed'
        | 'bad-request'
        | 'account-blocked'
        | 'template-mismatch'
        | 'unknown-template',
        string
      >
    >;
  };
}

export const missedCallTerms: TermsSection<'missedCalls'> = {
  name: 'missedCalls',
  en: () => import('./en/missed-calls.ts'),
  fa: () => import('./fa/missed-calls.ts'),
  cs: () => import('./cs/missed-calls.ts'),
};
