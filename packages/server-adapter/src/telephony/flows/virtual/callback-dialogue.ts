import type { NumberingPlan } from '@callweave/sdk/protocol';
import type { CaseRow } from '../../../numbers/index.ts';
import type { PlayItem } from '../../exchange.ts';
import { prompt } from '../leg-sound.ts';
import type { Menu } from './menu.ts';
import { spokenForm } from './spoken-form.ts';

const MOST_ORDINAL_DIGITS = 4;
const MOST_QUESTIONS = 20;
const LIST = '0';

/**
 * Asks a field caller which missed call they want to return; with a single one it is only announced.
 * @returns undefined when they made too many mistakes
 */
export async function askWhichCallback(
  menu: Menu,
  cases: readonly CaseRow[],
  options: { readonly mistakes: number; readonly plan: NumberingPlan },
): Promise<CaseRow | undefined> {
  const [first] = cases;
  if (first !== undefined && cases.length === 1) {
    await menu.say([prompt('virtual-one-callback')]);
    return first;
  }
  let mistakes = 0;
  let before: readonly PlayItem[] = [];
  for (let question = 0; question < MOST_QUESTIONS && mistakes < options.mistakes; question += 1) {
    const keyed = await menu.ask([...before, prompt('virtual-enter-ordinal')], MOST_ORDINAL_DIGITS);
    before = [];
    if (keyed === '*') continue;
    if (keyed === LIST) {
      before = spokenList(cases, options.plan);
      continue;
    }
    const chosen = keyed === undefined ? undefined : cases.find(({ ordinal }) => ordinal === Number(keyed));
    if (chosen !== undefined) return chosen;
    mistakes += 1;
    before = [prompt(keyed === undefined ? 'virtual-nothing-entered' : 'virtual-wrong-ordinal')];
  }
  return undefined;
}

/** By ordinal and the fictitious number that was called; who called is for nobody to hear. */
function spokenList(cases: readonly CaseRow[], plan: NumberingPlan): PlayItem[] {
  return cases.flatMap((row): PlayItem[] => [
    { kind: 'number', value: row.ordinal },
    prompt('virtual-list-number'),
    { kind: 'digits', digits: spokenForm(row.fictitious_number, plan) },
    { kind: 'silence', ms: 400 },
  ]);
}
