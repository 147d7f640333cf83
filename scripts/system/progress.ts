/** One progress line. On stderr, so that a command's own output stays clean for pipes. */
export function progress(component: string, line: string): void {
  process.stderr.write(`[${component}] ${line}\n`);
}
