/** Voicemail as an integrator describes it. What is left out keeps its default. */
export interface VoicemailOptions {
  /**
   * Whose box a caller is led to whom nobody answers. `responder`: that of the customer's first responder where there is
   * one, else the queue's. `queue`: always the queue's (without queues: the call-centre group's). `off`: nobody's, unless a
   * queue overflows to a box by its own rules.
   * @default 'responder'
   */
  readonly unanswered?: 'responder' | 'queue' | 'off';
  /**
   * Numbers of ours that lead straight to a box: the id of a queue (`group` where there are no queues), or of an account.
   * @example numbers: { '+982181021377': 'orders' }
   */
  readonly numbers?: Readonly<Record<string, string>>;
  /** A message ends by itself after so long. @default 180 */
  readonly maxSeconds?: number;
  /** What is shorter is dropped: somebody hung up at the tone. @default 2 */
  readonly minSeconds?: number;
  /** @default 60 */
  readonly greetingSeconds?: number;
  /** How long a deleted message can be restored. @default 30 */
  readonly binDays?: number;
}

export type VoicemailPolicy = Required<VoicemailOptions>;

/** Fills in the defaults. @throws RangeError for what cannot work, so that it is found when the desk starts */
export function voicemailPolicy(options: VoicemailOptions): VoicemailPolicy {
  const policy: VoicemailPolicy = {
    unanswered: 'responder',
    numbers: {},
    maxSeconds: 180,
    minSeconds: 2,
    greetingSeconds: 60,
    binDays: 30,
    ...options,
  };
  if (!(policy.minSeconds >= 0 && policy.maxSeconds > policy.minSeconds && policy.maxSeconds <= 3600))
    throw new RangeError('Voicemail: maxSeconds must be more than minSeconds, and at most 3600.');
  if (!(policy.greetingSeconds >= 5 && policy.greetingSeconds <= 300))
    throw new RangeError('Voicemail: greetingSeconds must be from 5 to 300.');
  return policy;
}
