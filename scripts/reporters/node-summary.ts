import type { Reporter, TestModule } from 'vitest/node';
import { type Summary, writeSummary } from './summary-file.ts';

/** Vitest reporter that leaves the counts, and the reason of every skipped test, for the orchestrator. */
export default class NodeSummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const summary: Summary = { passed: 0, failed: unhandledErrors.length, skipped: 0, notes: [] };
    if (unhandledErrors.length > 0)
      summary.notes.push(`failed: ${unhandledErrors.length} unhandled error(s), see above`);
    for (const module of modules) {
      const file = module.moduleId.split('/').slice(-2).join('/');
      for (const error of module.errors()) {
        summary.failed++;
        summary.notes.push(`failed: ${file}: ${error.message.split('\n')[0]}`);
      }
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') summary.passed++;
        else if (result.state === 'failed') {
          summary.failed++;
          summary.notes.push(`failed: ${file}: ${test.fullName}`);
        } else {
          summary.skipped++;
          const reason = result.state === 'skipped' && result.note ? result.note : 'no reason given';
          summary.notes.push(`skipped: ${file}: ${test.fullName} — ${reason}`);
        }
      }
    }
    writeSummary(summary);
  }
}
