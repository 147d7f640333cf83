import { directionOf, fakeSdp, type SdpDirection } from './sip-message.ts';

/** What `setLocalDescription` does about candidates. */
export type FakeGathering =
  | 'complete' // one usable candidate, then the end
  | 'hanging' // one usable candidate, and no end: a STUN server that does not answer
  | 'silent'; // nothing at all

export interface FakeWebRtc {
  readonly connections: readonly FakePeerConnection[];
  gathering: FakeGathering;
  /** The candidate line that is found. */
  candidate: string;
  /** Whether ICE connects by itself once both sides are known. */
  connects: boolean;
  /** Makes `new RTCPeerConnection()` throw. */
  broken: boolean;
  readonly last: FakePeerConnection;
  uninstall(): void;
}

/** Puts a scriptable `RTCPeerConnection` on the globals, and the few other names that JsSIP needs. */
export function installFakeWebRtc(): FakeWebRtc {
  const connections: FakePeerConnection[] = [];
  const kit: FakeWebRtc = {
    connections,
    gathering: 'complete',
    candidate: 'candidate:1 1 udp 2122260223 127.0.0.1 40000 typ host',
    connects: true,
    broken: false,
    get last() {
      const connection = connections.at(-1);
      if (!connection) throw new Error('No RTCPeerConnection has been made yet.');
      return connection;
    },
    uninstall() {
      for (const [name, value] of before) {
        if (value === undefined) delete scope[name];
        else scope[name] = value;
      }
    },
  };
  class Connection extends FakePeerConnection {
    constructor() {
      super(kit);
      if (kit.broken) throw new DOMException('Cannot create so many PeerConnections', 'UnknownError');
      connections.push(this);
    }
  }
  class Description {
    readonly type: string;
    readonly sdp: string;
    constructor(init: { type: string; sdp: string }) {
      this.type = init.type;
      this.sdp = init.sdp;
    }
  }
  const scope = globalThis as unknown as Record<string, unknown>;
  const names = {
    RTCPeerConnection: Connection,
    RTCSessionDescription: Description,
    MediaStream: FakeMediaStream,
    window: scope['window'] ?? globalThis,
  };
  const before = Object.keys(names).map((name) => [name, scope[name]] as const);
  Object.assign(scope, names);
  return kit;
}

export class FakeTrack extends EventTarget {
  readonly kind = 'audio';
  readonly label: string;
  readonly id: string;
  enabled = true;
  readyState: 'live' | 'ended' = 'live';
  static #count = 0;
  constructor(label = '') {
    super();
    this.label = label;
    FakeTrack.#count += 1;
    this.id = `track-${FakeTrack.#count}`;
  }
  clone(): FakeTrack {
    return new FakeTrack(this.label);
  }
  /** The device is unplugged, or its permission taken back; `stop()` says no such thing. */
  unplug(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
  stop(): void {
    this.readyState = 'ended';
  }
}

export class FakeMediaStream {
  readonly #tracks: FakeTrack[];
  constructor(tracks: readonly FakeTrack[] = [new FakeTrack()]) {
    this.#tracks = [...tracks];
  }
  getTracks(): FakeTrack[] {
    return [...this.#tracks];
  }
  getAudioTracks(): FakeTrack[] {
    return [...this.#tracks];
  }
  getVideoTracks(): FakeTrack[] {
    return [];
  }
}

export class FakeSender {
  track: FakeTrack | null;
  readonly dtmf = {
    canInsertDTMF: true,
    toneBuffer: '',
    inserted: [] as string[],
    insertDTMF(tones: string): void {
      this.inserted.push(tones);
    },
  };
  constructor(track: FakeTrack) {
    this.track = track;
  }
  async replaceTrack(track: FakeTrack | null): Promise<void> {
    this.track = track;
  }
}

interface Description {
  readonly type: string;
  readonly sdp?: string;
}

export class FakePeerConnection extends EventTarget {
  signalingState: RTCSignalingState = 'stable';
  iceGatheringState: RTCIceGatheringState = 'new';
  iceConnectionState: RTCIceConnectionState = 'new';
  localDescription: { type: string; sdp: string } | null = null;
  remoteDescription: { type: string; sdp: string } | null = null;
  currentLocalDescription: { type: string; sdp: string } | null = null;
  currentRemoteDescription: { type: string; sdp: string } | null = null;
  readonly transceivers: { readonly sender: FakeSender; direction: SdpDirection }[] = [];
  /** Offers applied while our own was open: what a browser would have had to roll back. */
  glare = 0;
  rollbacks = 0;
  /** Descriptions that came in a state in which a browser refuses them. */
  misapplied = 0;
  /**
   * What Chromium does: undoing an offer, in so many words or by another one in its place, takes the audio away from a
   * connection whose last agreed offer came from the far side.
   */
  silenced = false;
  iceRestarts = 0;
  stats = new Map<string, unknown>();
  /** Makes the next description of this kind fail. */
  failNext: 'setRemoteDescription' | 'createOffer' | null = null;
  readonly #kit: FakeWebRtc;
  #heard = false;

  constructor(kit: FakeWebRtc) {
    super();
    this.#kit = kit;
  }

  addTrack(track: FakeTrack): FakeSender {
    const sender = new FakeSender(track);
    this.transceivers.push({ sender, direction: 'sendrecv' });
    return sender;
  }
  get pendingLocalDescription(): { type: string; sdp: string } | null {
    return this.signalingState === 'have-local-offer' ? this.localDescription : null;
  }
  getSenders(): FakeSender[] {
    return this.transceivers.map(({ sender }) => sender);
  }
  getTransceivers(): FakePeerConnection['transceivers'] {
    return this.transceivers;
  }
  async getStats(): Promise<Map<string, unknown>> {
    return this.stats;
  }

  async createOffer(options?: { iceRestart?: boolean } | null): Promise<Description> {
    this.#mayFail('createOffer');
    if (options?.iceRestart) {
      this.iceRestarts += 1;
      this.iceGatheringState = 'new';
    }
    return { type: 'offer', sdp: fakeSdp(this.transceivers[0]?.direction ?? 'sendrecv') };
  }
  async createAnswer(): Promise<Description> {
    return { type: 'answer', sdp: fakeSdp(this.#answerDirection()) };
  }

  async setLocalDescription(description: Description): Promise<void> {
    const undoes = this.signalingState === 'have-local-offer' && description.type !== 'answer';
    if (undoes && this.currentLocalDescription?.type === 'answer') this.silenced = true;
    if (description.type === 'rollback') {
      this.rollbacks += 1;
      this.signalingState = 'stable';
      this.localDescription = this.currentLocalDescription;
      return;
    }
    if (description.type === 'answer' && this.signalingState !== 'have-remote-offer')
      throw new DOMException('No offer to answer', 'InvalidStateError');
    this.localDescription = { type: description.type, sdp: description.sdp ?? '' };
    this.signalingState = description.type === 'offer' ? 'have-local-offer' : 'stable';
    if (description.type === 'answer') this.#agree();
    this.#gather();
    this.#maybeConnect();
  }

  async setRemoteDescription(description: Description): Promise<void> {
    this.#mayFail('setRemoteDescription');
    if (description.type === 'answer' && this.signalingState !== 'have-local-offer') this.misapplied += 1;
    if (description.type === 'answer' && this.signalingState !== 'have-local-offer')
      throw new DOMException('No offer of ours is open', 'InvalidStateError');
    if (description.type === 'offer' && this.signalingState === 'have-local-offer') this.glare += 1;
    this.remoteDescription = { type: description.type, sdp: description.sdp ?? '' };
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable';
    if (description.type === 'answer') this.#agree();
    if (!this.#heard) {
      this.#heard = true;
      const event = new Event('track');
      Object.assign(event, { track: new FakeTrack(), streams: [new FakeMediaStream()] });
      this.dispatchEvent(event);
    }
    this.#maybeConnect();
  }

  close(): void {
    this.signalingState = 'closed';
    this.iceConnectionState = 'closed';
  }

  /** Moves ICE, as a network does. */
  ice(state: RTCIceConnectionState): void {
    this.iceConnectionState = state;
    this.dispatchEvent(new Event('iceconnectionstatechange'));
  }

  /** Finds one more candidate. */
  foundCandidate(candidate: string): void {
    this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: { candidate } }));
  }

  #agree(): void {
    this.currentLocalDescription = this.localDescription;
    this.currentRemoteDescription = this.remoteDescription;
  }

  #gather(): void {
    if (this.iceGatheringState !== 'new') return;
    this.#setGathering('gathering');
    const { gathering, candidate } = this.#kit;
    if (gathering === 'silent') return;
    // A real browser reports candidates in later tasks, after the promise of setLocalDescription.
    void Promise.resolve()
      .then(() => {})
      .then(() => {})
      .then(() => queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => this.#found(candidate, gathering)))));
  }

  #found(candidate: string, gathering: FakeGathering): void {
    this.foundCandidate(candidate);
    if (gathering === 'complete') this.#setGathering('complete');
  }

  #setGathering(state: RTCIceGatheringState): void {
    this.iceGatheringState = state;
    this.dispatchEvent(new Event('icegatheringstatechange'));
  }

  #maybeConnect(): void {
    if (!this.#kit.connects || this.signalingState !== 'stable' || !this.localDescription || !this.remoteDescription)
      return;
    queueMicrotask(() => {
      if (this.signalingState !== 'closed' && this.iceConnectionState !== 'connected') this.ice('connected');
    });
  }

  #answerDirection(): SdpDirection {
    const offered = directionOf(this.remoteDescription?.sdp ?? '');
    const ours = this.transceivers[0]?.direction ?? 'sendrecv';
    const mayReceive = offered === 'sendrecv' || offered === 'sendonly';
    const maySend = (offered === 'sendrecv' || offered === 'recvonly') && (ours === 'sendrecv' || ours === 'sendonly');
    const receives = mayReceive && (ours === 'sendrecv' || ours === 'recvonly');
    if (maySend) return receives ? 'sendrecv' : 'sendonly';
    return receives ? 'recvonly' : 'inactive';
  }

  #mayFail(step: 'setRemoteDescription' | 'createOffer'): void {
    if (this.failNext !== step) return;
    this.failNext = null;
    throw new DOMException(`${step} failed`, 'OperationError');
  }
}
