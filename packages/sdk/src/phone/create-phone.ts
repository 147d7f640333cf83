import { PhoneError } from '../errors/phone-error.ts';
import { bounded, type CommandOptions } from './deadline.ts';
import type { PhoneEvent, PhoneEventMap } from './events.ts';
import type { Headset } from './headset/headset.ts';
import { browserHid } from './headset/hid-port.ts';
import { newId } from './new-id.ts';
import { createObservable, shielded } from './observable.ts';
import { type PhoneOptions, withDefaults } from './options.ts';
import type { DeviceChoice } from './owner/audio.ts';
import type { CallOptions, DeclineReason } from './owner/calls.ts';
import type { Core } from './owner/core.ts';
import { createCredentialSource, type FetchCredentials } from './owner/credentials.ts';
import { guardPage, watchPage } from './owner/page.ts';
import type { Preflight } from './preflight/preflight.ts';
import { type CallState, INITIAL_STATE, type PhonePolicy, type PhoneState } from './state.ts';
import { Tabs } from './tabs/tabs.ts';

export interface StartOptions extends CommandOptions {
  /** Fetches short-lived credentials; asked again before they run out and after a refusal. @default those of `createPhone` */
  readonly credentials?: FetchCredentials;
}

/**
 * A telephone in the page. Every command works in every tab: one tab owns the phone, the others steer it. Commands
 * reject with a `PhoneError`.
 */
export interface Phone {
  /** The present state; frozen, and replaced as a whole. */
  get(): PhoneState;
  subscribe(listener: (state: PhoneState) => void): () => void;
  /** Calls back at once and whenever the selected part changes. */
  select<S>(selector: (state: PhoneState) => S, listener: (part: S) => void): () => void;
  on<K extends keyof PhoneEventMap>(type: K, listener: (event: PhoneEventMap[K]) => void): () => void;
  /**
   * Resolves when the exchange has registered the phone, in this tab or in the one that owns it. After a rejection it
   * keeps trying by itself, unless the error is `fatal`; starting again is harmless.
   */
  start(options?: StartOptions): Promise<void>;
  /** Hangs up, unregisters, and hands the phone to another tab. */
  stop(): Promise<void>;
  /** Resolves with the call's id when the far side answers. Aborting the signal gives up the call. */
  call(target: string, options?: CallOptions): Promise<string>;
  /** Resolves when the exchange has confirmed the answer. */
  answer(callId: string, options?: CommandOptions): Promise<void>;
  decline(callId: string, reason?: DeclineReason, options?: CommandOptions): Promise<void>;
  hangup(callId: string, options?: CommandOptions): Promise<{ readonly byeDelivered: boolean }>;
  /** Takes effect at once. */
  mute(callId: string, muted?: boolean, options?: CommandOptions): Promise<void>;
  unmute(callId: string, options?: CommandOptions): Promise<void>;
  hold(callId: string, options?: CommandOptions): Promise<void>;
  unhold(callId: string, options?: CommandOptions): Promise<void>;
  /** `0`–`9`, `*`, `#`, `A`–`D`, and a comma for a pause of two seconds. */
  sendDigits(callId: string, digits: string, options?: CommandOptions): Promise<void>;
  setDevices(choice: DeviceChoice, options?: CommandOptions): Promise<void>;
  /** Do-not-disturb and call waiting; what is left out stays. */
  setPolicy(change: Partial<PhonePolicy>, options?: CommandOptions): Promise<void>;
  /** To be called from a click when `needsActivation` or `playbackBlocked` is set, in the tab that owns the phone. */
  startAudio(options?: CommandOptions): Promise<void>;
  /** A test of microphone, speaker, line, network and sound, with a real call; loaded when it is asked for. */
  preflight(): Promise<Preflight>;
  /** The buttons of headsets, where the browser has WebHID; loaded when it is asked for, and one for this phone. */
  headset(): Promise<Headset>;
  /** Makes this tab the owner. Refused while the owner is in a call, unless forced. */
  takeOver(options?: { readonly force?: boolean }): Promise<void>;
  /** The orphaned call is dealt with (or gone): stop announcing it. */
  dismissOrphan(options?: CommandOptions): Promise<void>;
}

const isTalking = ({ signalling }: CallState): boolean => signalling === 'active';

const START_DEADLINE_MS = 20_000;

export function createPhone(options: PhoneOptions = {}): Phone {
  const settings = withDefaults(options);
  const { clock } = settings;
  const state = createObservable<PhoneState>(INITIAL_STATE);
  const listeners = new Map<string, Set<(event: PhoneEvent) => void>>();
  let tabs: Tabs | null = null;
  let stopWatching: () => void = () => {};

  let owner: Core | null = null;

  /** The part that talks to the exchange; a page that only offers a phone need not have it. */
  async function loadOwner(): Promise<Core> {
    if (owner) return owner;
    try {
      const module = await import('./owner/core.ts');
      owner ??= new module.Core({
        ...settings,
        onState(next) {
          // The machine of a follower is at rest; what counts then is what the owner says.
          if (tabs && !tabs.isOwner) return;
          state.set(next);
          tabs?.publish(next);
        },
        onEvent(event) {
          deliver(event);
          if (event.type !== 'ownership') tabs?.publishEvent(event);
        },
      });
      return owner;
    } catch (cause) {
      throw new PhoneError('engine-failed', 'The phone could not be loaded. Check the network and start it again.', {
        cause,
        retryable: true,
      });
    }
  }

  function deliver(event: PhoneEvent): void {
    for (const listener of [...(listeners.get(event.type) ?? [])]) shielded(() => listener(event));
  }

  const local: Record<string, (core: Core, ...args: never[]) => Promise<unknown>> = {
    call: (core, target: string, given: CallOptions) => core.calls.call(target, given),
    answer: (core, id: string, given: CommandOptions) => core.calls.answer(id, given),
    decline: (core, id: string, reason: DeclineReason) => core.calls.decline(id, reason),
    hangup: (core, id: string, given: CommandOptions) => core.calls.hangup(id, given),
    mute: (core, id: string, muted: boolean) => core.calls.mute(id, muted),
    hold: (core, id: string, given: CommandOptions) => core.calls.hold(id, true, given),
    unhold: (core, id: string, given: CommandOptions) => core.calls.hold(id, false, given),
    sendDigits: (core, id: string, digits: string, given: CommandOptions) => core.calls.sendDigits(id, digits, given),
    setDevices: (core, choice: DeviceChoice) => core.calls.setDevices(choice),
    setPolicy: async (core, change: Partial<PhonePolicy>) => core.setPolicy(change),
    startAudio: (core) => core.audio.startAudio(),
    dismissOrphan: async (core) => core.dispatch({ type: 'orphan-resolved' }),
  };

  /** Here if this tab owns the phone, otherwise there. The last argument is always the options. */
  async function run(name: string, args: readonly unknown[], given: CommandOptions = {}): Promise<unknown> {
    if (!tabs) throw new PhoneError('not-started', 'The phone is not started. Call start() first.');
    if (tabs.isOwner) return invoke(name, args, given);
    const { signal: _signal, deadlineMs: _deadlineMs, ...rest } = given;
    return tabs.command(name, [...args, rest], given);
  }

  function invoke(name: string, args: readonly unknown[], given: CommandOptions): Promise<unknown> {
    const command = Object.hasOwn(local, name) ? local[name] : undefined;
    if (!owner) return Promise.reject(new PhoneError('not-started', 'The phone is not started. Call start() first.'));
    if (!command)
      return Promise.reject(
        new PhoneError('not-supported', `This version of the phone has no command "${name}". Reload all tabs.`),
      );
    return (command as (...all: unknown[]) => Promise<unknown>)(owner, ...args, given);
  }

  async function start(given: StartOptions = {}): Promise<void> {
    const what = { name: 'Starting the phone', deadlineMs: START_DEADLINE_MS };
    if (tabs) {
      // It keeps trying by itself unless it has given up for good; then the user has put something right.
      if (tabs.isOwner && state.get().error?.fatal) owner?.dispatch({ type: 'start' });
      else if (tabs.isOwner && state.get().registration !== 'ok') owner?.nudge();
      return bounded(clock, given, what, registered);
    }
    const credentials = given.credentials ?? options.credentials;
    if (!credentials)
      throw new PhoneError(
        'invalid-credentials',
        'The phone has no credentials. Pass credentials() to start() or createPhone().',
      );
    const source = createCredentialSource(credentials, clock, settings.pageUrl);
    await bounded(clock, given, what, async (signal) => {
      // The address of record decides which tabs share a phone.
      const [{ uri }, core] = await Promise.all([source.current(false), loadOwner()]);
      signal.throwIfAborted();
      if (!tabs) {
        const joined = new Tabs(
          { ...settings, address: uri },
          {
            becomeOwner: () => core.own(uri, source),
            loseOwnership() {
              core.disown();
              state.set(Object.freeze({ ...core.state, role: 'follower' }));
            },
            follow(snapshot) {
              const before = state.get().role;
              state.set(Object.freeze({ ...snapshot, role: 'follower' }));
              if (before === 'electing') deliver({ type: 'ownership', role: 'follower' });
            },
            event: deliver,
            execute(name, args, commandOptions) {
              const last = args.at(-1);
              return invoke(name, args.slice(0, -1), { ...(typeof last === 'object' ? last : {}), ...commandOptions });
            },
            snapshot: () => core.state,
          },
        );
        tabs = joined;
        joined.join();
        const stopWaking = watchPage(clock, { wake: () => core.nudge() });
        // Only the owner's page carries the sound; followers may go.
        const guard = guardPage(() => settings.protectCalls && joined.isOwner && state.get().calls.some(isTalking));
        const unguard = state.subscribe(() => guard.update());
        stopWatching = () => {
          stopWaking();
          unguard();
          guard.stop();
        };
      }
      await registered(signal);
    });
    void rememberHeadset();
  }

  /** The code for headsets is loaded only where one is allowed. */
  async function rememberHeadset(): Promise<void> {
    const hid = options.hid ?? browserHid();
    // Forbidden by the page's permissions policy it rejects: then there are no buttons.
    const allowed = (await hid?.getDevices().catch(() => [])) ?? [];
    if (allowed.length > 0 && tabs) await phone.headset().catch(() => undefined);
  }

  function registered(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      let done = false;
      let unsubscribe: () => void = () => {};
      const finish = (settle: () => void): void => {
        done = true;
        unsubscribe();
        signal.removeEventListener('abort', stop);
        settle();
      };
      const stop = (): void => finish(() => reject(signal.reason));
      const look = (now: PhoneState): void => {
        if (done) return;
        const { error } = now;
        if (now.registration === 'ok') finish(resolve);
        else if (error && now.registration === 'failed') finish(() => reject(PhoneError.fromInfo(error)));
      };
      signal.addEventListener('abort', stop, { once: true });
      unsubscribe = state.subscribe(look);
      look(state.get());
      if (done) unsubscribe();
    });
  }

  async function stop(): Promise<void> {
    const leaving = tabs;
    if (!leaving) return;
    void headset?.then((loaded) => loaded.close()).catch(() => {});
    headset = undefined;
    stopWatching();
    if (leaving.isOwner) await owner?.stop();
    tabs = null;
    leaving.leave();
    state.set(Object.freeze({ ...INITIAL_STATE, devices: state.get().devices, lastEnded: state.get().lastEnded }));
  }

  let headset: Promise<Headset> | undefined;
  const phone: Phone = {
    get: state.get,
    subscribe: state.subscribe,
    select: state.select,
    on(type, listener) {
      const set = listeners.get(type) ?? new Set();
      listeners.set(type, set);
      set.add(listener as (event: PhoneEvent) => void);
      return () => set.delete(listener as (event: PhoneEvent) => void);
    },
    start,
    stop,
    call: (target, given = {}) =>
      run('call', [target], { ...given, id: given.id ?? newId() } as CommandOptions) as Promise<string>,
    answer: (id, given) => run('answer', [id], given) as Promise<void>,
    decline: (id, reason = 'declined', given) => run('decline', [id, reason], given) as Promise<void>,
    hangup: (id, given) => run('hangup', [id], given) as Promise<{ byeDelivered: boolean }>,
    mute: (id, muted = true, given) => run('mute', [id, muted], given) as Promise<void>,
    unmute: (id, given) => run('mute', [id, false], given) as Promise<void>,
    hold: (id, given) => run('hold', [id], given) as Promise<void>,
    unhold: (id, given) => run('unhold', [id], given) as Promise<void>,
    sendDigits: (id, digits, given) => run('sendDigits', [id, digits], given) as Promise<void>,
    setDevices: (choice, given) => run('setDevices', [choice], given) as Promise<void>,
    setPolicy: (change, given) => run('setPolicy', [change], given) as Promise<void>,
    startAudio: (given) => run('startAudio', [], given) as Promise<void>,
    dismissOrphan: (given) => run('dismissOrphan', [], given) as Promise<void>,
    async preflight() {
      const { createPreflight } = await import('./preflight/preflight.ts');
      const { media, rtcConfiguration } = settings;
      return createPreflight({ phone, clock, rtcConfiguration, ...(media ? { media } : {}) });
    },
    headset() {
      headset ??= import('./headset/headset.ts').then(
        ({ createHeadset }) => createHeadset(phone, options.hid),
        (error: unknown) => {
          headset = undefined;
          throw error;
        },
      );
      return headset;
    },
    async takeOver({ force = false } = {}) {
      if (!tabs) throw new PhoneError('not-started', 'The phone is not started. Call start() first.');
      await tabs.takeOver(force);
    },
  };
  return phone;
}
