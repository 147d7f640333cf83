import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSummary, SUMMARY_FILE, type Summary } from '../reporters/summary-file.ts';
import { command } from './stage.ts';

/** Runs a test runner with its output shown, and reads the counts its summary reporter left. */
export async function runTests(program: string, args: string[]): Promise<Summary> {
  const folder = mkdtempSync(join(tmpdir(), 'callweave-summary-'));
  const file = join(folder, 'summary.json');
  try {
    const { code } = await command(program, args, { show: true, limitMinutes: 60, env: { [SUMMARY_FILE]: file } });
    const summary = readSummary(file) ?? { passed: 0, failed: 0, skipped: 0, notes: [] };
    if (code !== 0 && summary.failed === 0) {
      summary.failed = 1;
      summary.notes.push(`failed: ${program} ended with code ${code}, see its output above`);
    }
    return summary;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
