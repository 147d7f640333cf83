import { type NumberingPlan, normalizeNumber } from '@callweave/sdk/protocol';
import { Problem } from '../problem.ts';

/** The declared numbers (A5) in E.164; the fields that are none, or that repeat another, are named. */
export function normalizeNumbers(numbers: readonly string[], plan: NumberingPlan): string[] {
  const normal = numbers.map((number) => normalizeNumber(number, plan));
  const fields = normal.flatMap((number, index) => {
    if (number === undefined)
      return [
        {
          path: `numbers.${index}`,
          message: 'is not a telephone number; write it with area code, or with + and country code',
        },
      ];
    return normal.indexOf(number) === index
      ? []
      : [{ path: `numbers.${index}`, message: 'is the same number as another one' }];
  });
  if (fields.length > 0) throw new Problem('invalid-input', 'Some telephone numbers cannot be used.', { fields });
  return normal as string[];
}
