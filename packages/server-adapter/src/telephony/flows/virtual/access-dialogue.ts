import { type DialCheck, type NumberingPlan, readDialled } from '@callweave/sdk/protocol';
import { planOf, policyOf, type WholePairing } from '../../../numbers/index.ts';
import type { PlayItem } from '../../exchange.ts';
import { prompt } from '../leg-sound.ts';
import type { Menu } from './menu.ts';
import { spokenForm } from './spoken-form.ts';

const MOST_ID_DIGITS = 4;
/** `00` and the longest number there is. */
const MOST_NUMBER_DIGITS = 17;
/** Lists and ways back are no mistakes, but nobody needs as many. */
const MOST_QUESTIONS = 20;
const LIST = '0';

export interface AccessOptions {
  readonly mistakes: number;
  readonly plan: NumberingPlan;
  /** A number of the exchange itself, or a fictitious one: calling it would only come back. */
  readonly isOurs: (number: string) => Promise<boolean>;
  readonly refused: (check: DialCheck) => Promise<void>;
}

/**
 * Asks a field caller through which of their numbers they want to call, if they have several, and whom.
 * @returns undefined when they made too many mistakes
 */
export async function askWhomToCall(
  menu: Menu,
  pairings: readonly WholePairing[],
  options: AccessOptions,
): Promise<{ readonly whole: WholePairing; readonly number: string } | undefined> {
  const only = pairings.length === 1 ? pairings[0] : undefined;
  let chosen = only;
  let mistakes = 0;
  let before: readonly PlayItem[] = [];
  for (let question = 0; question < MOST_QUESTIONS && mistakes < options.mistakes; question += 1) {
    if (chosen === undefined) {
      const keyed = await menu.ask([...before, prompt('virtual-enter-id')], MOST_ID_DIGITS);
      before = [];
      if (keyed === '*') continue;
      if (keyed === LIST) {
        before = spokenList(pairings, options.plan);
        continue;
      }
      chosen = keyed === undefined ? undefined : pairings.find(({ pairing }) => pairing.spoken_id === Number(keyed));
      if (chosen !== undefined) continue;
      mistakes += 1;
      before = [prompt(keyed === undefined ? 'virtual-nothing-entered' : 'virtual-wrong-id')];
      continue;
    }
    const keyed = await menu.ask([...before, prompt('virtual-enter-number')], MOST_NUMBER_DIGITS);
    before = [];
    if (keyed === '*') {
      chosen = only;
      continue;
    }
    if (keyed === undefined) {
      mistakes += 1;
      before = [prompt('virtual-nothing-entered')];
      continue;
    }
    const read = readDialled(policyOf(chosen.project), keyed, planOf(chosen.project, options.plan));
    if (read.check === 'allowed' && !(await options.isOurs(read.number))) return { whole: chosen, number: read.number };
    mistakes += 1;
    await options.refused(read.check === 'allowed' ? 'not-listed' : read.check);
    before = [prompt(refusal(read.check))];
  }
  return undefined;
}

function refusal(check: DialCheck): string {
  if (check === 'emergency') return 'virtual-emergency';
  return check === 'not-a-number' ? 'virtual-not-a-number' : 'virtual-number-refused';
}

function spokenList(pairings: readonly WholePairing[], plan: NumberingPlan): PlayItem[] {
  return pairings.flatMap(({ pairing, project }): PlayItem[] => [
    prompt('virtual-list-id'),
    { kind: 'number', value: pairing.spoken_id },
    prompt('virtual-list-number'),
    { kind: 'digits', digits: spokenForm(pairing.fictitious_number, planOf(project, plan)) },
    { kind: 'silence', ms: 400 },
  ]);
}
