import { checkOpeningHours, type LocalTexts, type OpeningHours, type QueueStrategy } from '@callweave/sdk/protocol';

/** What becomes of a caller whom a queue cannot keep. */
export type QueueOverflow =
  | { readonly kind: 'queue'; readonly queueId: string }
  /** A message is taken, where there is voicemail. */
  | { readonly kind: 'voicemail'; readonly box: string }
  /** They may keep their place and be called back; who does not want to hears goodbye. */
  | { readonly kind: 'callback' }
  | { readonly kind: 'goodbye' };

/** A queue as an integrator describes it. What is left out keeps its default. */
export interface QueueOptions {
  readonly id: string;
  readonly names: LocalTexts;
  /** Numbers of ours that lead straight to it, past the customers' own responders. @default none */
  readonly numbers?: readonly string[];
  /** Account ids, in the order of a round robin; `group`: whoever takes calls that reach no responder. @default 'group' */
  readonly members?: 'group' | readonly string[];
  /** @default 'longest-idle' */
  readonly strategy?: QueueStrategy;
  /** How long it rings at a member. @default 20 */
  readonly ringSeconds?: number;
  /** How long a member who did not take a call is left alone. @default 10 */
  readonly restSeconds?: number;
  /** @default 600 */
  readonly maxWaitSeconds?: number;
  /** Callers on the line. @default 50 */
  readonly maxLength?: number;
  /** How often a caller hears their place and the time to wait; 0: never. @default 45 */
  readonly announceEverySeconds?: number;
  /** Key of a prompt, played over and over, or `silence`. @default 'hold-music' */
  readonly music?: string;
  /** What to press to be called back and keep one's place; null: not offered. @default '1' */
  readonly callbackKey?: string | null;
  /** How often a customer who asked to be called back is tried. @default 3 */
  readonly callbackAttempts?: number;
  /** After {@link maxWaitSeconds}. @default goodbye */
  readonly whenLong?: QueueOverflow;
  /** When {@link maxLength} wait already. @default goodbye */
  readonly whenFull?: QueueOverflow;
  /** Outside the opening hours. @default goodbye */
  readonly whenClosed?: QueueOverflow;
  /** @default always open */
  readonly hours?: OpeningHours;
}

export type QueueRules = Required<Omit<QueueOptions, 'hours'>> & { readonly hours: OpeningHours | undefined };

const GOODBYE: QueueOverflow = { kind: 'goodbye' };

/** Fills in the defaults. @throws RangeError for what cannot work, so that it is found when the desk starts */
export function queueRules(options: readonly QueueOptions[]): readonly QueueRules[] {
  const ids = new Set(options.map(({ id }) => id));
  if (ids.size !== options.length) throw new RangeError('Two queues have the same id.');
  return options.map((given) => {
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(given.id))
      throw new RangeError(`"${given.id}" is no id of a queue; use letters, digits, hyphens and underscores.`);
    const rules: QueueRules = {
      numbers: [],
      members: 'group',
      strategy: 'longest-idle',
      ringSeconds: 20,
      restSeconds: 10,
      maxWaitSeconds: 600,
      maxLength: 50,
      announceEverySeconds: 45,
      music: 'hold-music',
      callbackKey: '1',
      callbackAttempts: 3,
      whenLong: GOODBYE,
      whenFull: GOODBYE,
      whenClosed: GOODBYE,
      hours: undefined,
      ...given,
    };
    if (rules.hours !== undefined) checkOpeningHours(rules.hours);
    if (rules.callbackKey !== null && !/^\d$/.test(rules.callbackKey))
      throw new RangeError(`Queue ${rules.id}: the key for a call back must be one digit.`);
    for (const overflow of [rules.whenLong, rules.whenFull, rules.whenClosed])
      if (overflow.kind === 'queue' && !ids.has(overflow.queueId))
        throw new RangeError(`Queue ${rules.id} overflows to "${overflow.queueId}", which is no queue.`);
    return rules;
  });
}
