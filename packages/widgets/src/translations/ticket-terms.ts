import type { TicketEligibility, TicketEntry, TicketPriority, TicketState } from '@callweave/sdk/protocol';
import type { TermsSection } from './section.ts';

type NoTicketReason = Extract<TicketEligibility, { ticketsAllowed: false }>['reason'];
type Difficulty = Extract<TicketEntry, { kind: 'work' }>['difficulty'];
type WayOut = Extract<TicketEligibility, { ticketsAllowed: false }>['wayOut'];

/** Support tickets, as both sides see them. */
export interface TicketTerms {
  readonly title: string;
  readonly new: string;
  readonly filter: string;
  readonly filters: Readonly<Record<'open' | 'closed' | 'all', string>>;
  readonly state: Readonly<Record<TicketState | 'closed', string>>;
  readonly priority: Readonly<Record<TicketPriority, string>>;
  /** Of work on a case. */
  readonly difficulty: Readonly<Record<Difficulty, string>>;
  readonly number: (number: string) => string;
  readonly updated: (when: string) => string;
  readonly openNamed: (title: string) => string;
  readonly back: string;
  readonly empty: string;
  readonly emptyFiltered: string;
  readonly more: string;
  readonly offline: string;
  readonly live: {
    readonly answered: (number: string) => string;
    readonly changed: (number: string, state: string) => string;
  };
  readonly form: {
    readonly title: string;
    readonly device: string;
    readonly chooseDevice: string;
    readonly noDevice: string;
    readonly subject: string;
    readonly subjectHint: string;
    readonly description: string;
    readonly descriptionHint: string;
    readonly priority: string;
    readonly send: string;
    readonly sending: string;
    readonly missing: Readonly<Record<'device' | 'title' | 'description' | 'text' | 'uploading', string>>;
    readonly sent: (number: string) => string;
  };
  readonly refused: Readonly<Record<NoTicketReason, string>>;
  readonly wayOut: Readonly<Record<WayOut, string>>;
  readonly balance: (sum: string) => string;
  readonly draft: {
    readonly kept: string;
    readonly waiting: string;
    readonly discard: string;
    readonly notKept: string;
  };
  readonly attachments: {
    readonly label: string;
    readonly choose: string;
    readonly drop: string;
    /** Said before anything is chosen. */
    readonly limits: (files: number, size: string) => string;
    readonly off: string;
    readonly uploading: (name: string, share: string) => string;
    readonly uploaded: (name: string) => string;
    readonly scanning: string;
    readonly infected: string;
    readonly unscanned: string;
    readonly remove: (name: string) => string;
    readonly again: (name: string) => string;
    readonly download: (name: string) => string;
    readonly tooLarge: (size: string) => string;
    readonly tooMany: (files: number) => string;
    readonly wrongType: string;
    readonly isEmpty: string;
    readonly failed: string;
    readonly bytes: (size: string, unit: 'kB' | 'MB') => string;
  };
  readonly detail: {
    readonly correspondence: string;
    readonly earlier: string;
    readonly facts: Readonly<Record<'device' | 'customer' | 'created' | 'assignee' | 'call', string>>;
    readonly nobody: string;
    readonly reply: string;
    readonly replyHint: string;
    readonly send: string;
    readonly close: string;
    readonly closeSure: string;
    readonly closeAsk: string;
    readonly keep: string;
    readonly reopen: string;
    readonly reopenWhy: string;
    readonly closedNow: string;
    readonly sent: string;
    readonly closed: string;
    readonly reopened: string;
  };
  /** What happened, beside what was written. */
  readonly events: {
    readonly you: string;
    readonly created: string;
    readonly assigned: (who: string, to: string) => string;
    readonly released: (who: string) => string;
    readonly reviewed: (who: string) => string;
    readonly priority: (who: string, from: string, to: string) => string;
    readonly work: (who: string, difficulty: string, quantity: string) => string;
    readonly closed: (who: string) => string;
    readonly reopened: (who: string) => string;
    readonly note: string;
    readonly answer: string;
  };
}

export const ticketTerms: TermsSection<'tickets'> = {
  name: 'tickets',
  en: () => import('./en/tickets.ts'),
  fa: () => import('./fa/tickets.ts'),
  cs: () => import('./cs/tickets.ts'),
};
