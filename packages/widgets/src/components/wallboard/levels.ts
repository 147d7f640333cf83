import type { FigureLevel } from '../../translations/report-terms.ts';

/** So far below the promise a house still has a chance to keep it. */
const NEARLY = 0.1;
/** Who has waited this many times what was promised is about to give up. */
const FAR_TOO_LONG = 3;

export function levelOfWaiting(waiting: number, warning: number, danger: number): FigureLevel {
  if (waiting >= danger) return 'danger';
  return waiting >= warning ? 'warning' : 'good';
}

export function levelOfWait(ms: number, goalSeconds: number): FigureLevel {
  if (ms > goalSeconds * 1000 * FAR_TOO_LONG) return 'danger';
  return ms > goalSeconds * 1000 ? 'warning' : 'good';
}

/** Undefined before the first call that counts. */
export function levelOfService(share: number | null, goal: number): FigureLevel | undefined {
  if (share === null) return undefined;
  if (share >= goal) return 'good';
  // Shares are shown as whole percents, and judged as they are shown.
  return Math.round((goal - share) * 100) <= NEARLY * 100 ? 'warning' : 'danger';
}
