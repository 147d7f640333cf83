/** A warning is raised after a streak of bad intervals and cleared after a streak of good ones, so that it never flickers. */
export type QualityWarning =
  | 'high-loss'
  | 'high-delay'
  | 'high-jitter'
  | 'low-score'
  | 'no-incoming-audio'
  | 'silent-microphone';

export interface WarningThresholds {
  readonly loss: number;
  readonly rttMs: number;
  readonly jitterMs: number;
  readonly mos: number;
  /** Intervals in a row before a warning is raised, and before it is cleared. */
  readonly streak: number;
}

export const WARNING_THRESHOLDS: WarningThresholds = { loss: 0.03, rttMs: 400, jitterMs: 30, mos: 3.5, streak: 3 };

export interface WarningChange {
  readonly warning: QualityWarning;
  readonly raised: boolean;
}

export interface WarningTracker {
  /** Takes what is bad in this interval; answers what changed. */
  observe(bad: ReadonlySet<QualityWarning>): readonly WarningChange[];
  readonly raised: readonly QualityWarning[];
}

const ALL: readonly QualityWarning[] = [
  'high-loss',
  'high-delay',
  'high-jitter',
  'low-score',
  'no-incoming-audio',
  'silent-microphone',
];

export function createWarningTracker(streak: number): WarningTracker {
  const counts = new Map<QualityWarning, number>();
  const raised = new Set<QualityWarning>();
  return {
    observe(bad) {
      const changes: WarningChange[] = [];
      for (const warning of ALL) {
        // Counts intervals that contradict the present verdict.
        const contradicts = bad.has(warning) !== raised.has(warning);
        const count = contradicts ? (counts.get(warning) ?? 0) + 1 : 0;
        counts.set(warning, count);
        if (count < streak) continue;
        counts.set(warning, 0);
        if (raised.delete(warning)) changes.push({ warning, raised: false });
        else {
          raised.add(warning);
          changes.push({ warning, raised: true });
        }
      }
      return changes;
    },
    get raised() {
      return [...raised];
    },
  };
}
