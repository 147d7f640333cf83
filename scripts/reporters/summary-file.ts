import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** What one runner did. The orchestrator adds these up for the last line of `npm test`. */
export interface Summary {
  passed: number;
  failed: number;
  skipped: number;
  /** One line per test that did not run or failed: what, and why. */
  notes: string[];
}

/** The environment variable through which a runner's reporter learns where to leave its summary. */
export const SUMMARY_FILE = 'CALLWEAVE_TEST_SUMMARY';

export function writeSummary(summary: Summary): void {
  const file = process.env[SUMMARY_FILE];
  if (file) writeFileSync(file, JSON.stringify(summary));
}

export function readSummary(file: string): Summary | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Summary) : undefined;
}
