import { relative } from 'node:path';
import type { Reporter, TestResult, TestSession, TestSuiteResult } from '@web/test-runner';
import { type Summary, writeSummary } from './summary-file.ts';

function allTests(suite: TestSuiteResult | undefined): TestResult[] {
  return suite ? [...suite.tests, ...suite.suites.flatMap(allTests)] : [];
}

function addSession(summary: Summary, session: TestSession): void {
  const file = session.testFile.split('/').slice(-2).join('/');
  const tests = allTests(session.testResults);
  for (const test of tests) {
    if (test.skipped) {
      summary.skipped++;
      summary.notes.push(`skipped: ${file}: ${test.name} — marked as skipped in the test file`);
    } else if (test.passed) summary.passed++;
    else {
      summary.failed++;
      summary.notes.push(`failed: ${file}: ${test.name}`);
    }
  }
  // A file that did not load, or passed no test to the runner, must not count as green.
  if (!session.passed && tests.every((test) => test.passed || test.skipped)) {
    summary.failed++;
    summary.notes.push(`failed: ${file}: ${session.errors[0]?.message?.split('\n')[0] ?? 'the file did not run'}`);
  }
}

/** @web/test-runner reporter that leaves the counts for the orchestrator. */
export function summaryReporter(): Reporter {
  return {
    reportTestFileResults({ logger, sessionsForTestFile, testFile }) {
      const tests = sessionsForTestFile.flatMap((session) => allTests(session.testResults));
      const passed = tests.filter((test) => test.passed).length;
      logger.log(
        ` ${passed === tests.length && passed > 0 ? '✓' : '✗'} ${relative(process.cwd(), testFile)} (${passed} of ${tests.length})`,
      );
    },
    onTestRunFinished({ sessions }) {
      const summary: Summary = { passed: 0, failed: 0, skipped: 0, notes: [] };
      for (const session of sessions) addSession(summary, session);
      writeSummary(summary);
    },
  };
}
