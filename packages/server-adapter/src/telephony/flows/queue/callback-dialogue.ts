import { checkDialled, type NumberingPlan, normalizeNumber, OPEN_DIAL_POLICY } from '@callweave/sdk/protocol';
import type { PlayItem } from '../../exchange.ts';
import type { DigitEntry } from '../digit-entry.ts';
import { prompt } from '../leg-sound.ts';

const TRIES = 3;
const CONFIRMED = '1';

/**
 * Asks to which number a caller is to be called back: theirs, or another that they key. What they key reaches the house's
 * own country alone, and never a premium or emergency number: the house pays for that call.
 *
 * @returns the confirmed number; undefined: they did not want to, after all
 * @throws EntryAborted when the call went on otherwise
 */
export async function askForNumber(
  entry: DigitEntry,
  callerNumber: string,
  plan: NumberingPlan,
): Promise<string | undefined> {
  let number = checkDialled(OPEN_DIAL_POLICY, callerNumber, plan) === 'allowed' ? callerNumber : undefined;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const keyed = await entry.ask(
      number === undefined
        ? [prompt('callback-enter-number')]
        : [prompt('callback-number-is'), ...spoken(number, plan), prompt('callback-confirm')],
    );
    if (keyed === undefined) return undefined;
    if (keyed === CONFIRMED && number !== undefined) return number;
    const other = normalizeNumber(keyed, plan);
    const policy = { ...OPEN_DIAL_POLICY, countries: [plan.countryCode] };
    number = other !== undefined && checkDialled(policy, other, plan) === 'allowed' ? other : undefined;
    if (number === undefined) await entry.say([prompt('callback-number-wrong')]);
  }
  return undefined;
}

/** As people of the country say it. */
function spoken(number: string, { countryCode, trunkPrefix }: NumberingPlan): PlayItem[] {
  const own = `+${countryCode}`;
  const digits = number.startsWith(own) ? `${trunkPrefix}${number.slice(own.length)}` : number.slice(1);
  return [{ kind: 'digits', digits }];
}
