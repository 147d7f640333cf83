import type { CallState, ConnectionState, PhoneState } from '@callweave/sdk';
import type { LostDevice, PhoneErrorInfo, QualityWarning } from '@callweave/sdk/phone';
import type { Call } from '@callweave/sdk/protocol';
import { describeProblem } from '../../translations/describe-problem.ts';
import type { CallBarTerms } from '../../translations/desk-terms.ts';
import type { Translation } from '../../translations/translation.ts';

/** What the agent can do about a notice. */
export type NoticeAction = 'let-me-hear' | 'allow-sound' | 'take-over' | 'ring-me-in';

/** Something that is not as it should be, in words, with what still works. */
export interface Notice {
  readonly kind: 'warning' | 'danger' | 'info';
  readonly words: string;
  readonly action?: NoticeAction;
  /** Words of the button. */
  readonly button?: string;
}

export interface Situation {
  readonly connection: ConnectionState | undefined;
  /** Undefined: the phone is not in this browser, or not loaded. */
  readonly phone: PhoneState | undefined;
  /** The agent's calls reach the browser. */
  readonly browserPhone: boolean;
  readonly call: Call | undefined;
  readonly phoneCall: CallState | undefined;
  /** Why the microphone does not work. */
  readonly microphone: PhoneErrorInfo | undefined;
  /** What was unplugged in this call. */
  readonly lost: LostDevice | undefined;
  /** Whether the server was reached before: else it is only being reached for the first time. */
  readonly wasOnline: boolean;
  /** How long the caller has waited, when that is too long. */
  readonly heldTooLong: string | undefined;
}

/** Worst first. */
export function noticesOf(situation: Situation, terms: Pick<Translation, 'essential' | 'desk' | 'problems'>): Notice[] {
  const notices = [
    ...connectionNotices(situation, terms),
    ...callNotices(situation, terms),
    ...phoneNotices(situation, terms),
  ];
  const rank = { danger: 0, warning: 1, info: 2 };
  return notices.sort((a, b) => rank[a.kind] - rank[b.kind]);
}

function* connectionNotices(
  { connection, call, wasOnline }: Situation,
  { desk: { callBar: t } }: Pick<Translation, 'desk'>,
): Generator<Notice> {
  if (connection === 'signed-out') yield { kind: 'danger', words: t.signedOut };
  else if (connection === 'offline') yield { kind: 'warning', words: call ? t.offlineInCall : t.offline };
  else if (connection === 'connecting' && wasOnline) yield { kind: 'warning', words: t.reconnecting };
}

function* callNotices(
  { call, phoneCall, phone, browserPhone, heldTooLong, microphone, lost }: Situation,
  terms: Pick<Translation, 'essential' | 'desk' | 'problems'>,
): Generator<Notice> {
  if (call?.state !== 'answered') return;
  const t = terms.desk.callBar;
  const { state } = call.recording;
  if (state === 'none' || state === 'failed') yield { kind: 'danger', words: t.notRecorded };
  if (heldTooLong !== undefined) yield { kind: 'warning', words: t.heldTooLong(heldTooLong) };
  if (!browserPhone || !phone) return;
  if (!phoneCall) {
    if (phone.orphan?.interactionId === call.id) yield { kind: 'warning', words: t.findingCall };
    else yield { kind: 'danger', words: t.noLeg, action: 'ring-me-in', button: t.ringMeIn };
    return;
  }
  if (phoneCall.hold === 'remote' || phoneCall.hold === 'both') yield { kind: 'info', words: t.heldByCaller };
  if (microphone) yield { kind: 'danger', words: describeProblem(microphone, terms) };
  if (lost?.replacement) {
    const name = lost.replacement.label || t.anotherDevice;
    yield { kind: 'info', words: lost.kind === 'microphone' ? t.microphoneReplaced(name) : t.speakerReplaced(name) };
  }
  if (phoneCall.media === 'recovering') yield { kind: 'warning', words: t.soundRecovering };
  else if (phoneCall.media === 'failed') yield { kind: 'danger', words: t.soundFailed };
  else yield* soundNotices(phoneCall, t, microphone !== undefined);
}

/** What the phone warns of after a streak of bad intervals: one sentence for each ear, not one per figure. */
function* soundNotices({ quality }: CallState, t: CallBarTerms, microphoneTold: boolean): Generator<Notice> {
  if (!quality) return;
  const own: QualityWarning = 'silent-microphone';
  const warnings = quality.warnings as readonly QualityWarning[];
  if (warnings.includes(own) && !microphoneTold) yield { kind: 'danger', words: t.silentMicrophone };
  if (warnings.includes('no-incoming-audio')) yield { kind: 'danger', words: t.nothingHeard };
  else if (warnings.includes('high-delay')) yield { kind: 'warning', words: t.lateSound };
  else if (warnings.some((warning) => warning !== own) || soundOf(quality.mos) === 'poor')
    yield { kind: 'warning', words: t.weakSound };
}

function* phoneNotices(
  { phone, call, browserPhone }: Situation,
  terms: Pick<Translation, 'essential' | 'desk' | 'problems'>,
): Generator<Notice> {
  if (!browserPhone || !phone) return;
  const t = terms.desk.callBar;
  if (phone.playbackBlocked)
    yield { kind: 'danger', words: t.playbackBlocked, action: 'let-me-hear', button: t.letMeHear };
  else if (phone.needsActivation && !call)
    yield { kind: 'warning', words: t.needsActivation, action: 'allow-sound', button: t.allowSound };
  if (phone.error?.fatal) yield { kind: 'danger', words: describeProblem(phone.error, terms) };
  else if (phone.transport === 'backoff' || (phone.error && phone.registration !== 'ok'))
    yield { kind: 'warning', words: call ? t.phoneReconnectingInCall : t.phoneReconnecting };
  if (phone.role === 'follower') {
    yield call?.state === 'answered'
      ? { kind: 'info', words: t.otherTabInCall }
      : { kind: 'info', words: t.otherTab, action: 'take-over', button: t.takeOver };
  }
}

/** Bounds of G.107, table B.1: below 3.6 many are dissatisfied, below 3.1 nearly all. */
export function soundOf(mos: number): 'good' | 'fair' | 'poor' {
  return mos >= 3.6 ? 'good' : mos >= 3.1 ? 'fair' : 'poor';
}
