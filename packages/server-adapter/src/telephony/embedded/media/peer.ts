import { RTCPeerConnection, RTCRtpCodecParameters, type RTCRtpTransceiver, RtpHeader, RtpPacket } from 'werift';
import { isHold, type MediaDirection, reduceLocalSdp, reduceRemoteSdp } from '../sip/sdp.ts';
import { DtmfReceiver } from './dtmf-receiver.ts';
import { RtpOut, type RtpStamp } from './rtp-out.ts';

export interface MediaOptions {
  /** Address that is announced to phones. */
  readonly address: string;
  /** Local address that the sockets are bound to. */
  readonly bindAddress: string;
  readonly ports: readonly [number, number] | undefined;
}

/** Audio as it arrived from a phone. */
export interface AudioPacket extends RtpStamp {
  readonly ssrc: number;
  readonly payload: Buffer;
}

export interface PeerHandlers {
  readonly audio: (packet: AudioPacket) => void;
  readonly digit: (digit: string) => void;
}

const PCMU = () => new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: 8000, channels: 1, payloadType: 0 });
const EVENTS = () =>
  new RTCRtpCodecParameters({
    mimeType: 'audio/telephone-event',
    clockRate: 8000,
    channels: 1,
    payloadType: 101,
    parameters: '0-16',
  });

/** One media connection to a phone: ICE, DTLS-SRTP and RTP by werift, PCMU only. */
export class MediaPeer {
  /** When audio or a digit arrived last, by `performance.now()`. */
  lastReceivedAt = performance.now();
  readonly #options: MediaOptions;
  readonly #handlers: PeerHandlers;
  readonly #connection: RTCPeerConnection;
  #transceiver: RTCRtpTransceiver | undefined;
  readonly #out = new RtpOut();
  readonly #digits = new DtmfReceiver();
  readonly #whenConnected: Promise<void>;
  #direction: MediaDirection = 'sendrecv';
  #closed = false;

  constructor(options: MediaOptions, handlers: PeerHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#connection = new RTCPeerConnection({
      codecs: { audio: [PCMU(), EVENTS()], video: [] },
      headerExtensions: { audio: [], video: [] },
      iceServers: [],
      iceAdditionalHostAddresses: [options.address],
      iceInterfaceAddresses: { udp4: options.bindAddress },
      // Off for both families: the addresses of this machine are not gathered, only the one given above.
      iceUseIpv4: false,
      iceUseIpv6: false,
      iceUseTcp: false,
      ...(options.ports === undefined ? {} : { icePortRange: [...options.ports] as [number, number] }),
    });
    this.#connection.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe((packet) => this.#receive(packet));
    });
    this.#whenConnected = new Promise((resolve) => {
      this.#connection.connectionStateChange.subscribe((state) => {
        if (state === 'connected') resolve();
      });
    });
  }

  get connected(): boolean {
    return this.#connection.connectionState === 'connected';
  }

  /** The connection failed or was closed by the far end. */
  get lost(): boolean {
    const state = this.#connection.connectionState;
    return state === 'failed' || state === 'closed' || state === 'disconnected';
  }

  /** The far end holds the call: it sends, or nobody does, and it does not listen. */
  get heldByRemote(): boolean {
    return isHold(this.#direction);
  }

  /** Settles when audio can flow; never rejects. */
  get whenConnected(): Promise<void> {
    return this.#whenConnected;
  }

  async createOffer(): Promise<string> {
    this.#transceiver ??= this.#connection.addTransceiver('audio', { direction: 'sendrecv' });
    await this.#connection.setLocalDescription(await this.#connection.createOffer());
    return this.#localSdp();
  }

  /** @returns false when the answer cannot be used. */
  async acceptAnswer(sdp: string): Promise<boolean> {
    const remote = this.#reduce(sdp);
    if (remote === undefined) return false;
    try {
      await this.#connection.setRemoteDescription({ type: 'answer', sdp: remote.sdp });
    } catch {
      return false;
    }
    this.#direction = remote.direction;
    return true;
  }

  /** Answers an offer, the first or a later one. Undefined when it cannot be used; what was agreed before then stays. */
  async answerOffer(sdp: string): Promise<string | undefined> {
    const remote = this.#reduce(sdp);
    if (remote === undefined) return undefined;
    try {
      await this.#connection.setRemoteDescription({ type: 'offer', sdp: remote.sdp });
      this.#transceiver ??= this.#connection.getTransceivers()[0];
      this.#transceiver?.setDirection('sendrecv');
      // The phone opens the DTLS handshake, as it also does when it answers: werift as the opening side waits 100 ms first
      // and gives up on a repeated HelloVerifyRequest, which a busy machine is enough to cause.
      const transport = this.#transceiver?.dtlsTransport;
      if (transport?.role === 'auto' && /^a=setup:actpass$/m.test(remote.sdp.replace(/\r/g, '')))
        transport.role = 'server';
      await this.#connection.setLocalDescription(await this.#connection.createAnswer());
    } catch {
      await this.#connection.setLocalDescription({ type: 'rollback' }).catch(() => undefined);
      return undefined;
    }
    this.#direction = remote.direction;
    return this.#localSdp();
  }

  /** Sends audio of one source; the stream stays continuous when sources change. */
  send(source: string, stamp: RtpStamp, payload: Buffer): void {
    if (this.#closed || this.#transceiver === undefined || this.heldByRemote) return;
    const next = this.#out.next(source, stamp);
    if (next === undefined) return;
    const header = new RtpHeader({
      payloadType: 0,
      sequenceNumber: next.sequence,
      timestamp: next.timestamp,
      marker: next.marker,
    });
    void this.#transceiver.sender.sendRtp(new RtpPacket(header, payload)).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#connection.close().catch(() => undefined);
  }

  #receive(packet: RtpPacket): void {
    if (this.#closed) return;
    this.lastReceivedAt = performance.now();
    const { payloadType, ssrc, timestamp, sequenceNumber } = packet.header;
    if (payloadType === 0) {
      // 20 ms are 160 bytes; nobody sends more than 200 ms in one packet.
      if (packet.payload.length <= 1600)
        this.#handlers.audio({ ssrc, timestamp, sequence: sequenceNumber, payload: packet.payload });
      return;
    }
    const digit = this.#digits.receive({ ssrc, timestamp, payload: packet.payload });
    if (digit !== undefined) this.#handlers.digit(digit);
  }

  #localSdp(): string {
    return reduceLocalSdp(this.#connection.localDescription?.sdp ?? '', this.#options.address);
  }

  #reduce(sdp: string) {
    const loopbackOnly = this.#options.address.startsWith('127.');
    // Names (mDNS) are not resolved: a browser that hides its address reaches us first, and then we know it.
    return reduceRemoteSdp(
      sdp,
      (address) => /^\d{1,3}(\.\d{1,3}){3}$/.test(address) && (!loopbackOnly || address.startsWith('127.')),
    );
  }
}
