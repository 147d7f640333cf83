import type { FaxFailure } from '@callweave/sdk/protocol';
import type { TermsSection } from './section.ts';

/** The fax box. */
export interface FaxTerms {
  readonly title: string;
  readonly unread: (count: number) => string;
  readonly filter: string;
  readonly filters: Readonly<Record<'all' | 'unread' | 'bin', string>>;
  readonly search: string;
  readonly columns: Readonly<Record<'from' | 'customer' | 'pages' | 'time' | 'state' | 'actions', string>>;
  readonly withheld: string;
  /** What the sender's machine calls itself: a claim. */
  readonly station: (id: string) => string;
  readonly noCustomer: string;
  readonly candidates: (count: number) => string;
  readonly state: Readonly<Record<'receiving' | 'new' | 'read' | 'failed' | 'binned' | 'expired', string>>;
  readonly failure: Readonly<Record<FaxFailure, string>>;
  readonly damaged: (lines: number) => string;
  readonly open: string;
  readonly openNamed: (from: string) => string;
  readonly close: string;
  readonly empty: string;
  readonly emptyUnread: string;
  readonly emptyBin: string;
  readonly noMatch: string;
  readonly older: string;
  readonly viewer: {
    readonly label: (page: number, pages: number) => string;
    readonly page: (page: string, pages: string) => string;
    readonly previous: string;
    readonly next: string;
    readonly zoomIn: string;
    readonly zoomOut: string;
    readonly keys: string;
    readonly loading: string;
    readonly failed: string;
    readonly isPdf: string;
    readonly noPage: string;
    readonly pdf: string;
    readonly tiff: string;
  };
  readonly assign: {
    readonly whose: string;
    readonly search: string;
    readonly noMatch: string;
    readonly take: (name: string) => string;
    readonly takeBack: string;
  };
  readonly note: { readonly label: string; readonly save: string; readonly saved: string };
  readonly markUnread: string;
  readonly delete: string;
  readonly deleted: (until: string) => string;
  readonly undo: string;
  readonly restore: string;
  readonly restored: string;
  readonly goneOn: (until: string) => string;
}

export const faxTerms: TermsSection<'fax'> = {
  name: 'fax',
  en: () => import('./en/fax.ts'),
  fa: () => import('./fa/fax.ts'),
  cs: () => import('./cs/fax.ts'),
};
