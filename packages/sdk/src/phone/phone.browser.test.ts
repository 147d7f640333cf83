/// <reference types="mocha" />
import { expect } from 'chai';
import { type FakeLeg, FakeSipServer } from '../testing/index.ts';
import { createPhone, type Phone, PhoneError } from './index.ts';
import { createBrowserMedia } from './media/browser-media.ts';

/** The far end of a call: a real peer connection that speaks a steady tone, behind the fake exchange. */
class FarEnd {
  readonly connection = new RTCPeerConnection();
  readonly #context = new AudioContext();
  readonly #tone = this.#context.createOscillator();

  constructor(hz: number) {
    const out = this.#context.createMediaStreamDestination();
    this.#tone.frequency.value = hz;
    this.#tone.connect(out);
    this.#tone.start();
    for (const track of out.stream.getTracks()) this.connection.addTrack(track, out.stream);
  }

  async offer(): Promise<string> {
    await this.connection.setLocalDescription(await this.connection.createOffer());
    return this.#gathered();
  }

  /** Agrees to what the phone offers in this call from now on. */
  agree(leg: FakeLeg): void {
    leg.onReinvite = (request) => {
      void this.connection
        .setRemoteDescription({ type: 'offer', sdp: request.body })
        .then(() => this.connection.setLocalDescription())
        .then(() => this.#gathered())
        .then((sdp) => leg.reply({ status: 200, sdp }));
      return null;
    };
  }

  async #gathered(): Promise<string> {
    while (this.connection.iceGatheringState !== 'complete') await pause(10);
    return this.connection.localDescription?.sdp ?? '';
  }

  /** The loudest frequency that arrives here. */
  async hear(): Promise<{ hz: number; level: number }> {
    const track = this.connection.getReceivers()[0]?.track;
    if (!track) throw new Error('Nothing arrives.');
    return loudest(this.#context, new MediaStream([track]));
  }

  async close(): Promise<void> {
    this.connection.close();
    await this.#context.close();
  }
}

/** The loudest frequency, and the loudness (dB) of a second and a half without gaps. */
async function loudest(context: AudioContext, stream: MediaStream): Promise<{ hz: number; level: number }> {
  const analyser = context.createAnalyser();
  analyser.fftSize = 32_768;
  const source = context.createMediaStreamSource(stream);
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let peak = 0;
  for (let i = 0; i < 3; i += 1) {
    await pause(550);
    analyser.getFloatTimeDomainData(samples);
    peak = samples.reduce((top, value) => Math.max(top, Math.abs(value)), peak);
  }
  const bins = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(bins);
  source.disconnect();
  const best = bins.reduce((top, value, index) => (value > (bins[top] ?? -Infinity) ? index : top), 0);
  return { hz: (best * context.sampleRate) / analyser.fftSize, level: 20 * Math.log10(peak) };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function until<T>(look: () => T | undefined | null | false, what: string): Promise<T> {
  for (let i = 0; i < 300; i += 1) {
    const found = look();
    if (found) return found;
    await pause(20);
  }
  throw new Error(`Waited in vain for ${what}.`);
}

describe('the phone in a real browser', () => {
  let server: FakeSipServer;
  let phone: Phone;
  let far: FarEnd;
  let account = 0;

  beforeEach(async () => {
    account += 1;
    server = new FakeSipServer();
    far = new FarEnd(1000);
    phone = makePhone();
    await phone.start();
  });

  afterEach(async () => {
    await phone.stop();
    await far.close();
    localStorage.clear();
  });

  function makePhone(): Phone {
    return createPhone({
      createSocket: server.createSocket,
      credentials: async () => ({
        uri: `sip:agent${account}@fake.exchange`,
        server: '/sip',
        username: 'agent1',
        password: 'secret',
        expiresAt: Date.now() + 600_000,
      }),
      // A steady tone must not be taken for noise.
      microphoneConstraints: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    });
  }

  async function talk(target = phone): Promise<{ id: string; leg: ReturnType<FakeSipServer['call']> }> {
    const leg = server.call({ sdp: await far.offer(), headers: { 'X-Callweave-Call': 'int-1' } });
    const call = await until(() => target.get().calls[0], 'the call');
    await target.answer(call.id);
    await far.connection.setRemoteDescription({ type: 'answer', sdp: leg.answerSdp });
    await until(() => far.connection.connectionState === 'connected', 'media');
    return { id: call.id, leg };
  }

  it('sends the microphone and plays the caller', async () => {
    const played: MediaStream[] = [];
    const original = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function play() {
      if (this.srcObject instanceof MediaStream) played.push(this.srcObject);
      return original.call(this);
    };
    try {
      const { id } = await talk();
      await microphoneArrives();
      expect(played).to.have.length(1);
      const context = new AudioContext();
      const { hz, level } = await loudest(context, played[0] as MediaStream);
      await context.close();
      expect(hz).to.be.within(980, 1020);
      expect(level).to.be.greaterThan(-60);
      await phone.mute(id);
      await pause(300);
      expect((await far.hear()).level).to.be.lessThan(-80);
      expect(phone.get().devices.microphones.length).to.be.greaterThan(0);
    } finally {
      HTMLMediaElement.prototype.play = original;
    }
  });

  it('estimates the quality from the statistics of the browser', async () => {
    await talk();
    const quality = await until(() => phone.get().calls[0]?.quality, 'the estimate');
    expect(quality.mos).to.be.within(4, 4.5);
    expect(quality.lossIn).to.equal(0);
  });

  /** The fake microphone of Chromium beeps now and then. */
  async function microphoneArrives(): Promise<void> {
    let level = -Infinity;
    for (let i = 0; i < 4 && level < -40; i += 1) level = (await far.hear()).level;
    expect(level).to.be.greaterThan(-40);
  }

  it('survives a hold that the exchange refuses, with sound afterwards, and can hold later', async () => {
    const { id, leg } = await talk();
    leg.onReinvite = () => ({ status: 488 });
    const refused = await phone.hold(id).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(PhoneError);
    expect((refused as PhoneError).code).to.equal('renegotiation-failed');
    expect(phone.get().calls[0]).to.include({ signalling: 'active', hold: 'none' });
    await microphoneArrives();
    far.agree(leg);
    await phone.hold(id);
    await pause(300);
    expect((await far.hear()).level).to.be.lessThan(-80);
    await phone.unhold(id);
    await microphoneArrives();
  });

  it('goes on in silence when the last microphone is unplugged, and with the next one when there is one', async () => {
    const { mediaDevices } = navigator;
    const original = mediaDevices.getUserMedia.bind(mediaDevices);
    const opened: MediaStreamTrack[] = [];
    let plugged = true;
    mediaDevices.getUserMedia = async (constraints) => {
      if (!plugged) throw new DOMException('none', 'NotFoundError');
      const stream = await original(constraints);
      opened.push(...stream.getAudioTracks());
      return stream;
    };
    try {
      const { leg } = await talk();
      await microphoneArrives();
      plugged = false;
      for (const track of opened.splice(0)) {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
      await until(() => phone.get().devices.microphoneProblem?.code === 'microphone-missing', 'the warning');
      await pause(300);
      expect((await far.hear()).level).to.be.lessThan(-80);
      // Packets go on: the exchange must not take the call for dead.
      const packets = async () => {
        const stats = [...(await far.connection.getStats()).values()];
        return stats.find(({ type }) => type === 'inbound-rtp')?.packetsReceived as number;
      };
      const before = await packets();
      await pause(600);
      expect(await packets()).to.be.greaterThan(before);
      plugged = true;
      mediaDevices.dispatchEvent(new Event('devicechange'));
      await until(() => phone.get().devices.microphoneProblem === null, 'the new microphone');
      await microphoneArrives();
      expect(leg.requests('BYE')).to.have.length(0);
    } finally {
      mediaDevices.getUserMedia = original;
    }
  });

  it('survives an ICE restart that the exchange refuses, and one that it accepts, with sound afterwards', async () => {
    const Native = window.RTCPeerConnection;
    const made: RTCPeerConnection[] = [];
    window.RTCPeerConnection = class extends Native {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        made.push(this);
      }
    };
    const { leg } = await talk();
    window.RTCPeerConnection = Native;
    const connection = made[0];
    if (!connection) throw new Error('No connection was made.');
    const breakPath = (): void => {
      Object.defineProperty(connection, 'iceConnectionState', { configurable: true, value: 'disconnected' });
      connection.dispatchEvent(new Event('iceconnectionstatechange'));
      delete (connection as { iceConnectionState?: unknown }).iceConnectionState;
    };
    leg.onReinvite = () => ({ status: 488 });
    breakPath();
    await until(() => leg.requests('INVITE').length === 1, 'the offer');
    await until(() => connection.signalingState === 'stable', 'the refusal');
    expect(phone.get().calls[0]?.signalling).to.equal('active');
    await microphoneArrives();
    far.agree(leg);
    const before = connection.currentLocalDescription?.sdp.match(/ice-ufrag:(.*)/)?.[1];
    breakPath();
    await until(() => leg.requests('INVITE').length === 2 && phone.get().calls[0]?.media === 'ok', 'the recovery');
    expect(connection.currentLocalDescription?.sdp.match(/ice-ufrag:(.*)/)?.[1]).not.to.equal(before);
    await microphoneArrives();
  });

  it('shares one registration over two pages by the locks of the browser, and hands over', async () => {
    const second = makePhone();
    await second.start();
    expect(phone.get().role).to.equal('owner');
    expect(second.get()).to.include({ role: 'follower', registration: 'ok' });
    expect(server.requests('REGISTER')).to.have.length(1);
    const { id } = await talk(second);
    expect(phone.get().calls[0]?.id).to.equal(id);
    await second.hangup(id);
    await phone.stop();
    await until(() => second.get().role === 'owner' && second.get().registration === 'ok', 'the hand-over');
    await second.stop();
  });

  it('takes over by force, and the call that this cuts off is announced', async () => {
    const second = makePhone();
    await second.start();
    await talk();
    const orphaned = new Promise((resolve) => second.on('call-orphaned', resolve));
    const refused = await second.takeOver().catch((error: unknown) => error);
    expect((refused as PhoneError).code).to.equal('take-over-refused');
    await second.takeOver({ force: true });
    expect(await orphaned).to.deep.include({ type: 'call-orphaned' });
    await until(() => phone.get().role === 'follower', 'the old owner to step down');
    expect(second.get().orphan?.interactionId).to.equal('int-1');
    expect(server.requests('BYE')).to.have.length(0);
    await second.stop();
  });

  it('rings aloud without any file', async () => {
    const ringer = createBrowserMedia().createRinger();
    expect(await ringer.start(null, false)).to.equal(true);
    ringer.stop();
  });
});
