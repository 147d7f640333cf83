import { type NumberingPlan, type NumberToCall, normalizeNumber } from '@callweave/sdk/protocol';

export type ReadNumbers =
  | { readonly numbers: readonly NumberToCall[] }
  /** The first line, counted from 1, that has no name and number. */
  | { readonly wrong: number };

/** Reads `name; number` lines; a line of a pasted table has a tab between them. */
export function readNumbersToCall(text: string, plan: NumberingPlan | undefined): ReadNumbers {
  const numbers: NumberToCall[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const [, label = '', typed = ''] = /^(.*?)\s*[;\u061b\t,]\s*([^;\u061b\t,]*)$/.exec(line.trim()) ?? [];
    const number = normalizeNumber(typed, plan);
    if (label === '' || label.length > 120 || number === undefined) return { wrong: index + 1 };
    numbers.push({ label, number });
  }
  return { numbers };
}

export const writeNumbersToCall = (numbers: readonly NumberToCall[]): string =>
  numbers.map(({ label, number }) => `${label}; ${number}`).join('\n');
