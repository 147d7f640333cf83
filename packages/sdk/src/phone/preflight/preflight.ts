import { isPhoneError, PhoneError } from '../../errors/phone-error.ts';
import { type Readable, Value } from '../../state/readable.ts';
import type { Phone } from '../create-phone.ts';
import { pause } from '../engine/offer.ts';
import { createBrowserMedia } from '../media/browser-media.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { MediaPort } from '../ports/media.ts';
import { checkCall } from './call-check.ts';
import { createMeter, type Meter } from './meter.ts';
import { checkNetwork } from './network-check.ts';
import {
  IDLE_PREFLIGHT,
  PREFLIGHT_CHECKS,
  type PreflightCheck,
  type PreflightReason,
  type PreflightResult,
  type PreflightState,
  verdictOf,
} from './state.ts';

export interface PreflightOptions {
  readonly phone: Phone;
  readonly media?: MediaPort;
  readonly clock?: Clock;
  readonly rtcConfiguration?: RTCConfiguration;
  readonly createMeter?: (stream: MediaStream) => Meter;
}

/** Finds out before the first call whether a call would be good. */
export interface Preflight {
  readonly state: Readable<PreflightState>;
  /** Settles with the outcome; the checks never reject it. Rejects with `busy` while somebody is talking. */
  run(): Promise<PreflightState>;
  /** What the person answers after the tone. */
  heard(yes: boolean): void;
  /** Gives up; what was opened is closed. */
  stop(): void;
}

type Outcome = Omit<PreflightResult, 'check'>;

const SPEAK_MS = 8_000;
const LOOK_MS = 100;
/** −40 dBFS: quieter is a muted or a wrong microphone. */
const LOUD_ENOUGH = 0.01;
const TONE_MS = 1_800;
const ANSWER_MS = 30_000;
const START_MS = 15_000;
/** What a check cannot do without. */
const NEEDS: Partial<Record<PreflightCheck, readonly PreflightCheck[]>> = {
  registration: ['connection'],
  call: ['microphone', 'registration', 'network'],
};

export function createPreflight(options: PreflightOptions): Preflight {
  const { phone, clock = systemClock } = options;
  const media = options.media ?? createBrowserMedia();
  const meterOf = options.createMeter ?? createMeter;
  const state = new Value<PreflightState>(IDLE_PREFLIGHT);
  const change = (part: Partial<PreflightState>): void => state.set(Object.freeze({ ...state.get(), ...part }));
  let running: { readonly controller: AbortController; readonly outcome: Promise<PreflightState> } | null = null;
  let answer: ((yes: boolean) => void) | null = null;

  const checks: Record<PreflightCheck, (signal: AbortSignal) => Promise<Outcome>> = {
    microphone: checkMicrophone,
    speaker: checkSpeaker,
    connection: checkConnection,
    registration: checkRegistration,
    network: (signal) => checkNetwork(options.rtcConfiguration ?? { iceServers: [] }, media, clock, signal),
    call: (signal) => checkCall(phone, clock, signal),
  };

  async function checkMicrophone(signal: AbortSignal): Promise<Outcome> {
    const stream = await media.openMicrophone(phone.get().devices.microphone);
    const meter = meterOf(stream);
    let level = 0;
    try {
      for (let waited = 0; waited < SPEAK_MS && level < LOUD_ENOUGH; waited += LOOK_MS) {
        await pause(clock, LOOK_MS, signal);
        const now = meter.read();
        level = Math.max(level, now);
        change({ level: now });
      }
    } finally {
      meter.stop();
      for (const track of stream.getTracks()) track.stop();
      change({ level: 0 });
    }
    return level < LOUD_ENOUGH
      ? { status: 'failed', reason: 'microphone-silent', figures: { level } }
      : { status: 'passed', figures: { level } };
  }

  async function checkSpeaker(signal: AbortSignal): Promise<Outcome> {
    const bell = media.createRinger();
    try {
      if (!(await bell.start(phone.get().devices.speaker, false)))
        return { status: 'failed', reason: 'playback-blocked' };
      await pause(clock, TONE_MS, signal);
    } finally {
      bell.stop();
    }
    change({ asks: true });
    const told = new Promise<boolean>((resolve) => {
      answer = resolve;
    });
    const waiting = new AbortController();
    try {
      const silence = pause(clock, ANSWER_MS, AbortSignal.any([signal, waiting.signal]));
      silence.catch(() => {});
      const heard = await Promise.race([told, silence]);
      if (heard === undefined) return { status: 'skipped', reason: 'speaker-unanswered' };
      return heard ? { status: 'passed' } : { status: 'failed', reason: 'speaker-not-heard' };
    } finally {
      waiting.abort();
      answer = null;
      change({ asks: false });
    }
  }

  async function checkConnection(signal: AbortSignal): Promise<Outcome> {
    const began = clock.now();
    if (phone.get().transport === 'up') return { status: 'passed' };
    const failure = await startPhone(signal);
    if (phone.get().transport === 'up') return { status: 'passed', figures: { connectMs: clock.now() - began } };
    return failure === 'credentials-failed' || failure === 'invalid-credentials'
      ? { status: 'failed', reason: 'credentials-failed' }
      : { status: 'failed', reason: 'connection-blocked' };
  }

  async function checkRegistration(signal: AbortSignal): Promise<Outcome> {
    if (phone.get().registration !== 'ok') await startPhone(signal);
    if (phone.get().registration === 'ok') return { status: 'passed' };
    return phone.get().error?.code === 'registration-rejected'
      ? { status: 'failed', reason: 'registration-rejected' }
      : { status: 'failed', reason: 'registration-failed' };
  }

  async function startPhone(signal: AbortSignal): Promise<string | undefined> {
    try {
      await phone.start({ signal, deadlineMs: START_MS });
      return undefined;
    } catch (error) {
      return isPhoneError(error) ? error.code : 'failed';
    }
  }

  const put = (result: PreflightResult): void =>
    change({
      results: Object.freeze(
        state.get().results.map((old) => (old.check === result.check ? Object.freeze(result) : old)),
      ),
    });

  async function runAll(signal: AbortSignal): Promise<PreflightState> {
    change({ ...IDLE_PREFLIGHT, status: 'running' });
    for (const check of PREFLIGHT_CHECKS) {
      const broken = NEEDS[check]?.some((need) => {
        const status = state.get().results.find((result) => result.check === need)?.status;
        return status === 'failed' || status === 'skipped';
      });
      if (broken) {
        put({ check, status: 'skipped', reason: 'needs-earlier' });
        continue;
      }
      put({ check, status: 'running' });
      const outcome = await checks[check](signal).catch(outcomeOf);
      if (signal.aborted) {
        change({ status: 'stopped', asks: false, level: 0 });
        return state.get();
      }
      put({ check, ...outcome });
    }
    change({ status: 'done', verdict: verdictOf(state.get().results) });
    return state.get();
  }

  return {
    state,
    run() {
      if (running) return running.outcome;
      if (phone.get().calls.length > 0)
        return Promise.reject(new PhoneError('busy', 'A call is in progress. Test the phone when it is over.'));
      const controller = new AbortController();
      const outcome = runAll(controller.signal).finally(() => {
        running = null;
      });
      running = { controller, outcome };
      return outcome;
    },
    heard: (yes) => answer?.(yes),
    stop: () => running?.controller.abort(new PhoneError('aborted', 'The test was given up.')),
  };
}

/** Something that a check did not expect is a failure of it, not of the test. */
function outcomeOf(error: unknown): Outcome {
  const code = isPhoneError(error) ? error.code : undefined;
  const told = code === 'not-supported' || code?.startsWith('microphone-');
  return { status: 'failed', reason: told ? (code as PreflightReason) : 'failed' };
}
