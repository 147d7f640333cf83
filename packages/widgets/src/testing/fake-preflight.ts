import { Value } from '@callweave/sdk';
import type { Preflight, PreflightResult, PreflightState } from '@callweave/sdk/phone';

/** A test of the phone whose every state is given, for stories and tests. */
export interface FakePreflight extends Preflight {
  readonly state: Value<PreflightState>;
  readonly answers: boolean[];
  stopped: number;
  /** Lets `run()` settle with the present state. */
  finish(): void;
}

const NAMES = ['microphone', 'speaker', 'connection', 'registration', 'network', 'call'] as const;

/** The state in which these results are known and the others wait. */
export function preflightState(
  known: Partial<Record<(typeof NAMES)[number], Omit<PreflightResult, 'check'>>>,
  rest: Partial<PreflightState> = {},
): PreflightState {
  const results = NAMES.map((check): PreflightResult => ({ check, status: 'waiting', ...known[check] }));
  return { status: 'running', asks: false, level: 0, results, verdict: null, ...rest };
}

export function createFakePreflight(state: PreflightState): FakePreflight {
  let settle: (state: PreflightState) => void = () => {};
  const fake: FakePreflight = {
    state: new Value(state),
    answers: [],
    stopped: 0,
    run: () =>
      new Promise((resolve) => {
        settle = resolve;
        if (fake.state.get().status !== 'running') resolve(fake.state.get());
      }),
    heard: (yes) => void fake.answers.push(yes),
    stop() {
      fake.stopped += 1;
    },
    finish: () => settle(fake.state.get()),
  };
  return fake;
}
