// The one gate command. Without arguments every stage runs; `npm test -- lint node` runs only those named.
import { browserTests } from './stages/browser-tests.ts';
import { components } from './stages/components.ts';
import { documentation } from './stages/documentation.ts';
import { lint } from './stages/lint.ts';
import { exampleTests, nodeTests } from './stages/node-tests.ts';
import { packageChecks } from './stages/package-checks.ts';
import { type Stage, type Summary, strict } from './stages/stage.ts';
import { storybook } from './stages/storybook.ts';
import { typecheck } from './stages/typecheck.ts';

const stages: Stage[] = [
  lint,
  typecheck,
  components,
  nodeTests,
  browserTests,
  packageChecks,
  documentation,
  storybook,
  exampleTests,
];

function choose(names: string[]): Stage[] {
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    console.error(
      `No stage is called ${unknown.join(', ')}. There are: ${stages.map((stage) => stage.name).join(', ')}.`,
    );
    process.exit(2);
  }
  return names.length > 0 ? stages.filter((stage) => names.includes(stage.name)) : stages;
}

async function runStage(stage: Stage, position: string): Promise<Summary> {
  console.log(`\n━━ ${position} ${stage.title}`);
  const started = Date.now();
  let summary: Summary;
  try {
    summary = await stage.run();
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.error(message);
    summary = { passed: 0, failed: 1, skipped: 0, notes: [`failed: stage ${stage.name}: ${message.split('\n')[0]}`] };
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`   ${stage.name}: ${count(summary)} in ${seconds} s`);
  return summary;
}

function count({ passed, failed, skipped }: Summary): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

const chosen = choose(process.argv.slice(2));
const total: Summary = { passed: 0, failed: 0, skipped: 0, notes: [] };
for (const [index, stage] of chosen.entries()) {
  const summary = await runStage(stage, `${index + 1}/${chosen.length}`);
  total.passed += summary.passed;
  total.failed += summary.failed;
  total.skipped += summary.skipped;
  total.notes.push(...summary.notes.map((note) => `[${stage.name}] ${note}`));
}

if (total.notes.length > 0) console.log(`\nNot green:\n${total.notes.map((note) => `  ${note}`).join('\n')}`);
const skippedInCi = strict && total.skipped > 0;
if (skippedInCi) console.log('\nCI=true: what was skipped above counts as a failure of this run.');
console.log(`\n${count(total)}`);
process.exitCode = total.failed > 0 || skippedInCi || total.passed === 0 ? 1 : 0;
