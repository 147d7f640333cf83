import {
  type BridgeId,
  type Device,
  type DeviceState,
  type Exchange,
  ExchangeError,
  type ExchangeEvent,
  type FaxName,
  type HangupCause,
  type LegId,
  type LegSnapshot,
  type PlaybackId,
  type PlayItem,
  type ReceiveFaxOptions,
  type RecordOptions,
  type RingOptions,
  type SuperviseOptions,
  type SupervisionId,
} from '../../exchange.ts';
import { silentWav } from './silent-wav.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface SimulatedFaults {
  /** How long a command takes, in virtual milliseconds. */
  readonly latency?: () => number;
  /** Asked before each command; an error makes it fail. */
  readonly fault?: (command: string) => ExchangeError | undefined;
}

interface Leg {
  readonly id: LegId;
  readonly origin: LegSnapshot['origin'];
  readonly from: string;
  readonly to: string;
  readonly device: Device | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly since: Date;
  state: 'ringing' | 'up';
  tag: string | undefined;
  bridge: BridgeId | undefined;
  onHold: boolean;
  muted: boolean;
  cancelRing: () => void;
}

interface Track {
  readonly leg: LegId;
  readonly startedAt: number;
  paused: boolean;
  endedAt: number | undefined;
}

const PROMPT_MS: Readonly<Record<string, number>> = { 'hold-music': 12_000, ringback: 5_000, beep: 200 };
const MEDIA_TIMEOUT_MS = 15_000;

/**
 * TEST DOUBLE, never to be offered to users. An exchange without media, on a virtual clock: it keeps the port's promises
 * about legs, bridges, playbacks and recordings, so that flows are tried in thousands of orders of events and faults.
 */
export class SimulatedExchange implements Exchange {
  readonly name = 'simulated';
  readonly #time: VirtualTime;
  readonly #faults: SimulatedFaults;
  readonly #listeners = new Set<(event: ExchangeEvent) => void>();
  readonly legsById = new Map<LegId, Leg>();
  readonly bridges = new Map<BridgeId, Set<LegId>>();
  readonly tracks = new Map<string, Track>();
  readonly supervisions = new Map<SupervisionId, SuperviseOptions>();
  readonly #playbacks = new Map<PlaybackId, { leg: LegId; items: readonly PlayItem[]; cancel: () => void }>();
  readonly #registered = new Set<string>();
  /** Legs that receive a fax, and what came. */
  readonly faxing = new Map<LegId, FaxName>();
  readonly faxes = new Map<FaxName, Uint8Array>();
  /** What was played to whom, for assertions. */
  readonly played: { leg: LegId; keys: string[] }[] = [];
  /** Commands under way. */
  busy = 0;
  #connected = true;
  #number = 0;

  constructor(time: VirtualTime, faults: SimulatedFaults = {}) {
    this.#time = time;
    this.#faults = faults;
  }

  async start(): Promise<void> {}
  /** Like a real private exchange: what runs there goes on. */
  async stop(): Promise<void> {}

  subscribe(listener: (event: ExchangeEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  // — what the world does ————————————————————————————————————————————————

  register(account: string): void {
    this.#registered.add(account);
    this.#emit({ type: 'device', device: { kind: 'browser', account }, state: 'idle', at: this.#time.now() });
  }

  unregister(account: string): void {
    this.#registered.delete(account);
    this.#emit({ type: 'device', device: { kind: 'browser', account }, state: 'unreachable', at: this.#time.now() });
  }

  dial(from: string, to: string): LegId {
    const leg = this.#addLeg({
      id: `sim-${++this.#number}`,
      origin: 'trunk',
      from,
      to,
      device: undefined,
      headers: {},
      tag: undefined,
    });
    this.#emit({ type: 'incoming', leg: leg.id, origin: 'trunk', from, to, at: this.#time.now() });
    return leg.id;
  }

  /** The machine at the far end of a leg sends its pages (or breaks off after some), and hangs up. */
  sendFax(leg: LegId, sent: { tiff?: Uint8Array; pages: number; stationId?: string; failure?: string }): void {
    const fax = this.faxing.get(leg);
    if (fax === undefined) throw new Error(`Leg ${leg} receives no fax.`);
    this.faxing.delete(leg);
    if (sent.tiff !== undefined) this.faxes.set(fax, sent.tiff);
    const common = { fax, leg, pages: sent.pages, stationId: sent.stationId ?? '', at: this.#time.now() };
    if (sent.failure === undefined) this.#emit({ type: 'fax-finished', ...common, over: 'audio' });
    else this.#emit({ type: 'fax-failed', ...common, reason: sent.failure });
    this.#endLeg(leg, 'normal');
  }

  /** A fax machine at the far end is heard. */
  hearFaxTone(leg: LegId): void {
    this.#emit({ type: 'fax-tone', leg, at: this.#time.now() });
  }

  /** Legs that ring at this account's phone, oldest first. */
  ringingAt(account: string): LegId[] {
    return [...this.legsById.values()]
      .filter((leg) => leg.state === 'ringing' && leg.device?.kind === 'browser' && leg.device.account === account)
      .map(({ id }) => id);
  }

  headersOf(leg: LegId): Readonly<Record<string, string>> {
    return this.legsById.get(leg)?.headers ?? {};
  }

  farAnswers(id: LegId): void {
    const leg = this.legsById.get(id);
    if (leg?.state !== 'ringing' || leg.origin !== 'ring') return;
    leg.cancelRing();
    leg.state = 'up';
    this.#emit({ type: 'answered', leg: id, at: this.#time.now() });
  }

  farEnds(id: LegId, cause: HangupCause): void {
    this.#endLeg(id, cause);
  }

  /** No more audio comes: the exchange notices after a while. */
  farVanishes(id: LegId): void {
    this.#time.after(MEDIA_TIMEOUT_MS, () => this.#endLeg(id, 'media-timeout'));
  }

  farHolds(id: LegId, held: boolean): void {
    if (this.legsById.get(id)?.state === 'up') this.#emit({ type: 'held', leg: id, held, at: this.#time.now() });
  }

  farKeys(id: LegId, digits: string): void {
    for (const digit of digits)
      if (this.legsById.has(id)) this.#emit({ type: 'digit', leg: id, digit, at: this.#time.now() });
  }

  recordingBreaks(name: string): void {
    const track = this.tracks.get(name);
    if (track === undefined || track.endedAt !== undefined) return;
    track.endedAt = this.#time.now().getTime();
    this.#emit({
      type: 'recording-failed',
      recording: name,
      leg: track.leg,
      reason: 'disk full',
      at: this.#time.now(),
    });
  }

  /** The connection to the exchange is lost: its events are too. */
  disconnect(): void {
    if (!this.#connected) return;
    this.#emit({ type: 'down', reason: 'simulated', at: this.#time.now() });
    this.#connected = false;
  }

  reconnect(): void {
    if (this.#connected) return;
    this.#connected = true;
    this.#emit({ type: 'up', at: this.#time.now() });
  }

  /** The adapter's process is gone. `legs`: whether the exchange carries them on (Asterisk) or they die with it (embedded). */
  processDies(legs: 'go-on' | 'die'): void {
    this.#listeners.clear();
    if (legs === 'go-on') return;
    for (const id of [...this.legsById.keys()]) this.#endLeg(id, 'failed');
    this.bridges.clear();
  }

  /** What the leg hears now, as prompt keys. */
  hears(id: LegId): string[] {
    return [...this.#playbacks.values()]
      .filter(({ leg }) => leg === id)
      .flatMap(({ items }) => items.map((item) => (item.kind === 'prompt' ? item.key : item.kind)));
  }

  /** Everything that should not outlive the calls. */
  leaks(): string[] {
    return [
      ...[...this.legsById.keys()].map((id) => `leg ${id}`),
      ...[...this.bridges.keys()].map((id) => `bridge ${id}`),
      ...[...this.tracks.keys()].map((name) => `recording ${name}`),
      ...[...this.#playbacks.keys()].map((id) => `playback ${id}`),
      ...[...this.supervisions.keys()].map((id) => `supervision ${id}`),
    ];
  }

  /** Whose speech reaches this leg now: its bridge's, that of a call it supervises, and a whisper to it. */
  voicesAt(id: LegId): LegId[] {
    const voices = (bridge: BridgeId | undefined) => [
      ...(bridge === undefined ? [] : (this.bridges.get(bridge) ?? [])),
    ];
    const heard = voices(this.legsById.get(id)?.bridge).filter((speaker) => speaker !== id);
    for (const { leg, agentLeg, mode } of this.supervisions.values()) {
      if (leg === id) heard.push(...voices(this.legsById.get(agentLeg)?.bridge));
      if (agentLeg === id && mode === 'whisper') heard.push(leg);
    }
    return heard.filter((speaker) => {
      const leg = this.legsById.get(speaker);
      return leg !== undefined && !leg.muted && !leg.onHold;
    });
  }

  /** Two people hear each other. */
  joined(a: LegId, b: LegId): boolean {
    const bridge = this.legsById.get(a)?.bridge;
    return bridge !== undefined && this.legsById.get(b)?.bridge === bridge;
  }

  // — the port ———————————————————————————————————————————————————————————

  legs(): Promise<readonly LegSnapshot[]> {
    return this.#command('legs', () =>
      [...this.legsById.values()].map(({ id, origin, state, from, to, since, tag, bridge }) => ({
        leg: id,
        origin,
        state,
        from,
        to,
        since,
        ...(tag !== undefined && { tag }),
        ...(bridge !== undefined && { bridge }),
      })),
    );
  }

  deviceState(device: Device): Promise<DeviceState> {
    return this.#command('deviceState', () =>
      device.kind === 'browser' ? (this.#registered.has(device.account) ? 'idle' : 'unreachable') : 'unknown',
    );
  }

  async credentials(): Promise<never> {
    throw new ExchangeError('failed', 'The simulated exchange has no telephones.');
  }

  ring(options: RingOptions): Promise<void> {
    return this.#command('ring', () => {
      if (this.legsById.has(options.leg)) return;
      if (options.device.kind === 'browser' && !this.#registered.has(options.device.account))
        throw new ExchangeError('unreachable', 'not registered');
      const to = options.device.kind === 'browser' ? options.device.account : options.device.number;
      const leg = this.#addLeg({
        id: options.leg,
        origin: 'ring',
        from: options.callerId.number,
        to,
        device: options.device,
        headers: options.headers ?? {},
        tag: options.tag,
      });
      leg.cancelRing = this.#time.after(options.timeoutSeconds * 1000, () => this.#endLeg(leg.id, 'no-answer'));
      this.#emit({ type: 'ringing', leg: leg.id, at: this.#time.now() });
    });
  }

  answer(id: LegId): Promise<void> {
    return this.#command('answer', () => {
      const leg = this.#leg(id);
      if (leg.state === 'up') return;
      leg.state = 'up';
      this.#emit({ type: 'answered', leg: id, at: this.#time.now() });
    });
  }

  progress(id: LegId): Promise<void> {
    return this.#command('progress', () => void this.#leg(id));
  }

  hangup(id: LegId, cause: HangupCause = 'normal'): Promise<void> {
    return this.#command('hangup', () => this.#endLeg(id, cause));
  }

  tag(id: LegId, tag: string): Promise<void> {
    return this.#command('tag', () => {
      this.#leg(id).tag = tag;
    });
  }

  play(id: LegId, items: readonly PlayItem[], options: { readonly playback: PlaybackId }): Promise<void> {
    return this.#command('play', () => {
      this.#leg(id);
      for (const item of items) if (item.kind === 'recording') this.#track(item.recording);
      const ms = items.reduce(
        (sum, item) => sum + ('ms' in item ? item.ms : item.kind === 'prompt' ? (PROMPT_MS[item.key] ?? 1_500) : 500),
        0,
      );
      this.played.push({ leg: id, keys: items.flatMap((item) => (item.kind === 'prompt' ? item.key : [])) });
      this.#playbacks.set(options.playback, {
        leg: id,
        items,
        cancel: this.#time.after(ms, () => this.#playbackOver(options.playback)),
      });
    });
  }

  stopPlayback(playback: PlaybackId): Promise<void> {
    return this.#command('stopPlayback', () => {
      this.#playbacks.get(playback)?.cancel();
      this.#playbackOver(playback);
    });
  }

  createBridge(bridge: BridgeId): Promise<void> {
    return this.#command('createBridge', () => {
      if (!this.bridges.has(bridge)) this.bridges.set(bridge, new Set());
    });
  }

  join(bridge: BridgeId, id: LegId): Promise<void> {
    return this.#command('join', () => {
      const leg = this.#leg(id);
      const members = this.bridges.get(bridge);
      if (members === undefined) throw new ExchangeError('unknown-bridge', bridge);
      for (const other of this.bridges.values()) other.delete(id);
      for (const [supervision, { leg }] of this.supervisions) if (leg === id) this.supervisions.delete(supervision);
      members.add(id);
      leg.bridge = bridge;
    });
  }

  leave(bridge: BridgeId, id: LegId): Promise<void> {
    return this.#command('leave', () => {
      this.#leg(id).bridge = undefined;
      this.bridges.get(bridge)?.delete(id);
    });
  }

  destroyBridge(bridge: BridgeId): Promise<void> {
    return this.#command('destroyBridge', () => {
      for (const id of this.bridges.get(bridge) ?? []) {
        const leg = this.legsById.get(id);
        if (leg !== undefined) leg.bridge = undefined;
      }
      this.bridges.delete(bridge);
    });
  }

  hold(id: LegId, held: boolean): Promise<void> {
    return this.#command('hold', () => {
      this.#leg(id).onHold = held;
    });
  }

  mute(id: LegId, muted: boolean): Promise<void> {
    return this.#command('mute', () => {
      this.#leg(id).muted = muted;
    });
  }

  supervise(options: SuperviseOptions): Promise<void> {
    return this.#command('supervise', () => {
      const leg = this.#leg(options.leg);
      const agent = this.#leg(options.agentLeg);
      const running = this.supervisions.get(options.supervision);
      if (leg === agent || leg.state !== 'up' || agent.state !== 'up')
        throw new ExchangeError('invalid', 'A supervision needs two answered legs.');
      if (running !== undefined && (running.leg !== leg.id || running.agentLeg !== agent.id))
        throw new ExchangeError('invalid', 'That supervision has other legs.');
      for (const [id, other] of this.supervisions) if (other.leg === leg.id) this.supervisions.delete(id);
      for (const members of this.bridges.values()) members.delete(leg.id);
      leg.bridge = undefined;
      this.supervisions.set(options.supervision, options);
    });
  }

  endSupervision(supervision: SupervisionId): Promise<void> {
    return this.#command('endSupervision', () => void this.supervisions.delete(supervision));
  }

  record({ leg, recording }: RecordOptions): Promise<void> {
    return this.#command('record', () => {
      this.#leg(leg);
      this.tracks.set(recording, { leg, startedAt: this.#time.now().getTime(), paused: false, endedAt: undefined });
    });
  }

  pauseRecording(recording: string, paused: boolean): Promise<void> {
    return this.#command('pauseRecording', () => {
      this.#track(recording).paused = paused;
    });
  }

  stopRecording(recording: string): Promise<void> {
    return this.#command('stopRecording', () => this.#endTrack(recording));
  }

  fetchRecording(recording: string): Promise<Uint8Array> {
    return this.#command('fetchRecording', () => {
      const { startedAt, endedAt } = this.#track(recording);
      return silentWav((endedAt ?? this.#time.now().getTime()) - startedAt);
    });
  }

  deleteRecording(recording: string): Promise<void> {
    return this.#command('deleteRecording', () => {
      this.#track(recording);
      this.tracks.delete(recording);
    });
  }

  receiveFax({ leg, fax }: ReceiveFaxOptions): Promise<void> {
    return this.#command('receiveFax', () => {
      const receiving = this.#leg(leg);
      if (receiving.state !== 'up') {
        receiving.state = 'up';
        this.#emit({ type: 'answered', leg, at: this.#time.now() });
      }
      this.faxing.set(leg, fax);
    });
  }

  fetchFax(fax: FaxName): Promise<Uint8Array> {
    return this.#command('fetchFax', () => {
      const pages = this.faxes.get(fax);
      if (pages === undefined) throw new ExchangeError('unknown-fax', fax);
      return pages;
    });
  }

  deleteFax(fax: FaxName): Promise<void> {
    return this.#command('deleteFax', () => void this.faxes.delete(fax));
  }

  // — inside ————————————————————————————————————————————————————————————

  async #command<T>(name: string, work: () => T): Promise<T> {
    await null;
    const latency = this.#faults.latency?.() ?? 0;
    if (latency > 0) {
      this.busy += 1;
      await new Promise<void>((resolve) => this.#time.after(latency, resolve));
      this.busy -= 1;
    }
    if (!this.#connected) throw new ExchangeError('exchange-down', 'The simulated connection is lost.');
    const fault = this.#faults.fault?.(name);
    if (fault !== undefined) throw fault;
    return work();
  }

  #addLeg(leg: Omit<Leg, 'since' | 'state' | 'bridge' | 'onHold' | 'muted' | 'cancelRing'>): Leg {
    const added: Leg = {
      ...leg,
      since: this.#time.now(),
      state: 'ringing',
      bridge: undefined,
      onHold: false,
      muted: false,
      cancelRing: () => {},
    };
    this.legsById.set(leg.id, added);
    return added;
  }

  #endLeg(id: LegId, cause: HangupCause): void {
    const leg = this.legsById.get(id);
    if (leg === undefined) return;
    leg.cancelRing();
    this.legsById.delete(id);
    const fax = this.faxing.get(id);
    if (this.faxing.delete(id) && fax !== undefined)
      this.#emit({
        type: 'fax-failed',
        fax,
        leg: id,
        pages: 0,
        stationId: '',
        reason: 'the call ended',
        at: this.#time.now(),
      });
    for (const members of this.bridges.values()) members.delete(id);
    for (const [supervision, { leg, agentLeg }] of this.supervisions)
      if (leg === id || agentLeg === id) this.supervisions.delete(supervision);
    for (const [playback, playing] of this.#playbacks) {
      if (playing.leg !== id) continue;
      playing.cancel();
      this.#playbackOver(playback);
    }
    for (const [name, track] of this.tracks) if (track.leg === id) this.#endTrack(name);
    this.#emit({ type: 'hungup', leg: id, cause, at: this.#time.now() });
  }

  #endTrack(name: string): void {
    const track = this.#track(name);
    if (track.endedAt !== undefined) return;
    track.endedAt = this.#time.now().getTime();
    this.#emit({
      type: 'recording-finished',
      recording: name,
      leg: track.leg,
      durationMs: track.endedAt - track.startedAt,
      at: this.#time.now(),
    });
  }

  #playbackOver(playback: PlaybackId): void {
    const playing = this.#playbacks.get(playback);
    if (playing === undefined) return;
    this.#playbacks.delete(playback);
    this.#emit({ type: 'playback-finished', playback, leg: playing.leg, at: this.#time.now() });
  }

  #leg(id: LegId): Leg {
    const leg = this.legsById.get(id);
    if (leg === undefined) throw new ExchangeError('unknown-leg', id);
    return leg;
  }

  #track(name: string): Track {
    const track = this.tracks.get(name);
    if (track === undefined) throw new ExchangeError('unknown-recording', name);
    return track;
  }

  #emit(event: ExchangeEvent): void {
    if (!this.#connected) return;
    for (const listener of [...this.#listeners]) listener(event);
  }
}
