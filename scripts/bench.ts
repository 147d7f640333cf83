// npm run bench: every bench/*.bench.ts, one after the other, as one table. `npm run bench -- bytes orders` runs those
// named; `--write` keeps the tables in docs/figures.md, beside those of benches that did not run this time.
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Bench, Figure } from '../bench/figure.ts';
import { root } from './stages/stage.ts';

const columns = ['what', 'measured', 'against', 'ratio', 'goal', ''] as const;

function row({ what, value, baseline, ratio, goal, met }: Figure): string[] {
  const verdict = met === undefined ? '' : met ? 'met' : 'MISSED';
  return [what, value, baseline ?? '', ratio === undefined ? '' : `${ratio.toFixed(2)} ×`, goal ?? '', verdict];
}

function table(rows: string[][]): string {
  const all = [[...columns], ...rows];
  const widths = columns.map((_, column) => Math.max(3, ...all.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line([...columns]), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const files = globSync('bench/*.bench.ts', { cwd: root })
  .sort()
  .filter((file) => wanted.length === 0 || wanted.includes(basename(file, '.bench.ts')));
if (files.length === 0) {
  console.error(`There is no bench called ${wanted.join(' or ')} in bench/.`);
  process.exit(2);
}

const sections: string[] = [];
let failed = false;
for (const file of files) {
  const { default: bench } = (await import(pathToFileURL(join(root, file)).href)) as { default: Bench };
  console.log(`› ${bench.title}`);
  try {
    const figures = await bench.run();
    failed ||= figures.some(({ met }) => met === false);
    sections.push(`## ${bench.title}\n\n${table(figures.map(row))}`);
  } catch (error) {
    failed = true;
    sections.push(`## ${bench.title}\n\nnot measured: ${error instanceof Error ? error.message : error}`);
    console.error(error);
  }
}

const machine = `Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}.`;
function report(tables: string[]): string {
  return `# Figures\n\nMeasured by \`npm run bench -- --write\`. Read ratios, not absolutes: both sides come from one run.\n${machine}\n\n${tables.join('\n\n')}\n`;
}

/** What was written before about other benches, and what was measured now, by title. */
function kept(file: string): string[] {
  const before = existsSync(file)
    ? readFileSync(file, 'utf8')
        .split(/\n(?=## )/)
        .slice(1)
    : [];
  const titleOf = (section: string) => section.split('\n', 1)[0];
  const measured = new Set(sections.map(titleOf));
  return [
    ...before.map((section) => section.trim()).filter((section) => !measured.has(titleOf(section))),
    ...sections,
  ].sort();
}

console.log(`\n${report(sections)}`);
const file = join(root, 'docs/figures.md');
if (process.argv.includes('--write')) writeFileSync(file, report(kept(file)));
process.exitCode = failed ? 1 : 0;
