import type { CallOutcome } from '@callweave/sdk/protocol';
import type { TermsSection } from './section.ts';

/** How a figure stands against what the house promises. */
export type FigureLevel = 'good' | 'warning' | 'danger';

/** Wallboard, call history, links to recordings. */
export interface ReportTerms {
  readonly wallboard: WallboardTerms;
  readonly history: HistoryTerms;
  readonly link: LinkTerms;
  readonly hold: HoldTerms;
}

/** How long a recording is kept, and what keeps it longer. */
export interface HoldTerms {
  readonly keptUntil: (time: string) => string;
  readonly keptForEver: string;
  readonly held: string;
  /** Who placed it is an account's id. */
  readonly placed: (time: string) => string;
  readonly open: string;
  readonly reason: string;
  readonly logged: string;
  readonly place: string;
  readonly release: string;
  readonly releaseNamed: (reason: string) => string;
  readonly releaseReason: string;
}

/** Giving a recording out. */
export interface LinkTerms {
  readonly open: string;
  readonly reason: string;
  readonly logged: string;
  readonly goodFor: string;
  readonly minutes: Readonly<Record<60 | 1_440 | 10_080, string>>;
  readonly make: string;
  readonly link: string;
  readonly until: (time: string) => string;
  readonly copy: string;
  readonly copied: string;
  readonly done: string;
}

export interface WallboardTerms {
  readonly title: string;
  readonly fullScreen: string;
  readonly leaveFullScreen: string;
  readonly level: Readonly<Record<FigureLevel, string>>;
  readonly figures: Readonly<
    Record<
      | 'waiting'
      | 'longestWait'
      | 'serviceLevel'
      | 'offered'
      | 'answered'
      | 'abandoned'
      | 'missed'
      | 'callbacks'
      | 'talking'
      | 'averageWait'
      | 'outbound',
      string
    >
  >;
  readonly nobodyWaits: string;
  /** Under the service level. */
  readonly goal: (share: string, seconds: string) => string;
  readonly none: string;
  readonly agents: string;
  readonly noAgents: string;
  readonly queues: string;
  readonly branches: string;
  readonly queue: string;
  readonly branch: string;
  readonly ready: string;
  readonly recordingsWaiting: (count: number) => string;
  readonly announceLevel: (figure: string, level: string) => string;
}

export interface HistoryTerms {
  readonly title: string;
  readonly number: string;
  readonly numberHint: string;
  readonly direction: string;
  readonly directions: Readonly<Record<'inbound' | 'outbound', string>>;
  readonly outcome: string;
  readonly outcomes: Readonly<Record<CallOutcome, string>>;
  readonly agent: string;
  readonly queue: string;
  readonly tag: string;
  readonly from: string;
  readonly to: string;
  readonly any: string;
  readonly more: string;
  readonly search: string;
  readonly clear: string;
  readonly found: (count: string) => string;
  readonly empty: string;
  readonly nothingFound: string;
  readonly goingOn: string;
  readonly columns: Readonly<
    Record<'time' | 'number' | 'customer' | 'agent' | 'outcome' | 'length' | 'recording', string>
  >;
  readonly withheld: string;
  readonly play: (who: string) => string;
  readonly closePlayer: string;
  readonly export: string;
  readonly exporting: (rows: string, of: string) => string;
  readonly stopExport: string;
  readonly exported: (rows: string) => string;
  readonly exportLogged: string;
}

export const reportTerms: TermsSection<'reports'> = {
  name: 'reports',
  en: () => import('./en/reports.ts'),
  fa: () => import('./fa/reports.ts'),
  cs: () => import('./cs/reports.ts'),
};
