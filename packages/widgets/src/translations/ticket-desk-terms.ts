import type { TermsSection } from './section.ts';

/** Support tickets for the technical team. */
export interface TicketDeskTerms {
  readonly title: string;
  readonly views: Readonly<Record<'open' | 'in-review' | 'answered' | 'closed' | 'late' | 'mine' | 'nobody', string>>;
  readonly view: string;
  readonly priority: string;
  readonly anyPriority: string;
  readonly search: string;
  readonly found: (count: string) => string;
  readonly columns: Readonly<
    Record<'number' | 'title' | 'customer' | 'priority' | 'state' | 'assignee' | 'due', string>
  >;
  readonly keys: string;
  readonly empty: string;
  readonly due: {
    readonly in: (words: string) => string;
    readonly late: (words: string) => string;
    readonly none: string;
    readonly firstAnswer: string;
    readonly resolution: string;
    readonly met: string;
    readonly metLate: string;
  };
  readonly assign: {
    readonly label: string;
    readonly nobody: string;
    readonly me: string;
    readonly done: string;
  };
  readonly write: {
    readonly answer: string;
    readonly answerHint: string;
    readonly note: string;
    readonly noteHint: string;
    readonly sendAnswer: string;
    readonly saveNote: string;
    readonly kind: string;
  };
  readonly work: {
    readonly title: string;
    readonly difficulty: string;
    readonly quantity: string;
    readonly note: string;
    readonly record: string;
    readonly done: string;
    readonly wrong: string;
  };
}

export const ticketDeskTerms: TermsSection<'ticketDesk'> = {
  name: 'ticketDesk',
  en: () => import('./en/ticket-desk.ts'),
  fa: () => import('./fa/ticket-desk.ts'),
  cs: () => import('./cs/ticket-desk.ts'),
};
