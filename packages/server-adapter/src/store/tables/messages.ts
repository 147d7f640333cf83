import type { MessageChannel } from '@callweave/sdk/protocol';
import type { Generated } from 'kysely';

export interface MessagesTables {
  messages: {
    id: string;
    /** What asked for this message, once: whoever asks again gets the first one. */
    dedupe_key: string;
    purpose: string;
    /** By which it goes at present. */
    channel: Generated<MessageChannel>;
    /** `MessageChannel[]`: which may be tried after it. */
    other_channels: Generated<string>;
    template: string;
    /** What the template is filled with; emptied when the message is over. */
    template_values: string;
    locale: string;
    /** E.164; the masked form alone once it is forgotten. */
    recipient: string;
    state: string;
    reason: string | null;
    driver: string | null;
    provider_id: string | null;
    /** An attempt was begun whose end is not known: it may have been taken. */
    in_doubt: 0 | 1;
    attempts: number;
    /** When the last attempt began. */
    attempted_at: Generated<string | null>;
    /** Not sent after this: an old piece of news is worse than none. */
    send_before: string;
    /** When the service is asked next what became of it. */
    poll_at: string | null;
    polls: number;
    created_at: string;
    sent_at: string | null;
    finished_at: string | null;
    /** Since when it is kept whom it went to; null once that is forgotten. */
    known_since: string | null;
  };
}
