import type { NumberingPlan } from '@callweave/sdk/protocol';

/** The digits of a number as people say it: nationally at home, with `00` from abroad. */
export function spokenForm(number: string, plan: NumberingPlan): string {
  const home = `+${plan.countryCode}`;
  return number.startsWith(home) ? `${plan.trunkPrefix}${number.slice(home.length)}` : `00${number.slice(1)}`;
}
