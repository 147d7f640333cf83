import type { PlayItem } from '../../exchange.ts';
import { prompt } from '../leg-sound.ts';
import type { QueueRules } from './queue-options.ts';
import { honestWait, type WaitAverage } from './wait-average.ts';

/** What a caller hears of their place: where they stand, for how long still, and how to be called back instead. */
export function announcement(
  rules: QueueRules,
  place: number,
  average: WaitAverage,
  canBeCalledBack: boolean,
): PlayItem[] {
  const wait = honestWait(average, place);
  const said: PlayItem[] = [prompt('queue-position'), { kind: 'number', value: place }];
  if (wait?.kind === 'short') said.push(prompt('queue-wait-short'));
  else if (wait?.kind === 'long') said.push(prompt('queue-wait-long'));
  else if (wait !== undefined) said.push(prompt('queue-wait-minutes'), { kind: 'number', value: wait.minutes });
  if (canBeCalledBack && rules.callbackKey !== null)
    said.push(prompt('queue-callback-offer'), { kind: 'digits', digits: rules.callbackKey });
  return said;
}
