import { createPhone, type Phone } from '../phone/create-phone.ts';
import type { PhoneEvent } from '../phone/events.ts';
import type { PhoneOptions } from '../phone/options.ts';
import type { PhoneCredentials } from '../phone/owner/credentials.ts';
import { FakeMedia } from './fake-media.ts';
import { type FakePage, installFakePage } from './fake-page.ts';
import { FakeSipServer } from './fake-sip-server.ts';
import { FakeBrowser } from './fake-tabs.ts';
import { type FakeWebRtc, installFakeWebRtc } from './fake-web-rtc.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

/** A phone with the real JsSIP inside, and everything around it fake and scriptable. */
export interface PhoneBench {
  readonly clock: VirtualClock;
  readonly server: FakeSipServer;
  readonly webrtc: FakeWebRtc;
  readonly browser: FakeBrowser;
  readonly page: FakePage;
  /** The first tab; `phone`, `media` and `events` are its own. */
  readonly first: BenchTab;
  readonly phone: Phone;
  readonly media: FakeMedia;
  readonly events: readonly PhoneEvent[];
  /** Credentials handed out so far. */
  readonly issued: PhoneCredentials[];
  credentials(): Promise<PhoneCredentials>;
  /** Starts the phone and waits until it is registered. */
  start(): Promise<void>;
  /** Another tab of the same browser. */
  openTab(options?: PhoneOptions): BenchTab;
  /** What a phone needs to be on this bench, in a browser of its own, for code that makes its phones itself. */
  phoneOptions(): PhoneOptions;
  /** Rings the phone and waits until it shows the call; answers with the exchange's leg and the call's id. */
  ring(
    options?: Parameters<FakeSipServer['call']>[0],
  ): Promise<{ readonly leg: ReturnType<FakeSipServer['call']>; readonly id: string }>;
  /** Rings and answers. */
  talk(
    options?: Parameters<FakeSipServer['call']>[0],
  ): Promise<{ readonly leg: ReturnType<FakeSipServer['call']>; readonly id: string }>;
  dispose(): Promise<void>;
}

export interface BenchTab {
  readonly phone: Phone;
  readonly media: FakeMedia;
  readonly events: readonly PhoneEvent[];
  /** The browser closes the tab: nothing of it runs any more, and its locks are free. */
  close(): void;
  /** The browser suspends the tab: it keeps its lock, and says nothing. */
  freeze(): void;
  start(): Promise<void>;
}

const EVENT_TYPES: readonly PhoneEvent['type'][] = [
  'registered',
  'registration-failed',
  'credentials-expiring',
  'connection-lost',
  'incoming-call',
  'call-refused',
  'call-waiting',
  'call-answered',
  'call-ended',
  'hangup-undelivered',
  'call-orphaned',
  'media-recovering',
  'media-recovered',
  'media-failed',
  'quality-warning',
  'microphone-failed',
  'devices-changed',
  'device-lost',
  'playback-blocked',
  'ownership',
  'error',
];

export async function createPhoneBench(options: PhoneOptions = {}): Promise<PhoneBench> {
  // The engine is loaded before time stops, because loading takes real time.
  const { createJsSipEngine } = await import('../phone/jssip-engine.ts');
  const webrtc = installFakeWebRtc();
  const clock = createVirtualClock();
  const restoreTime = clock.install();
  const page = installFakePage();
  const server = new FakeSipServer();
  const browser = new FakeBrowser();
  const issued: PhoneCredentials[] = [];
  const tabs: BenchTab[] = [];

  const credentials = async (): Promise<PhoneCredentials> => {
    const made: PhoneCredentials = {
      uri: 'sip:agent1@fake.exchange',
      server: 'ws://fake.exchange/sip',
      username: 'agent1',
      password: `secret-${issued.length + 1}`,
      expiresAt: new Date(clock.now() + 3_600_000),
    };
    issued.push(made);
    return made;
  };

  function openTab(own: PhoneOptions = {}): BenchTab {
    const media = new FakeMedia();
    const shared = browser.tab();
    const events: PhoneEvent[] = [];
    const sockets = new Set<ReturnType<FakeSipServer['createSocket']>>();
    const phone = createPhone({
      ...shared,
      clock,
      media,
      createEngine: createJsSipEngine,
      createSocket(url) {
        const socket = server.createSocket(url);
        sockets.add(socket);
        return socket;
      },
      credentials,
      ...options,
      ...own,
    });
    for (const type of EVENT_TYPES) phone.on(type, (event) => void events.push(event));
    const tab: BenchTab = {
      phone,
      media,
      events,
      close() {
        for (const socket of sockets) {
          socket.disconnect();
          socket.connect = () => {};
          socket.ondata = () => {};
        }
        shared.close();
      },
      freeze() {
        shared.frozen = true;
      },
      async start() {
        const started = phone.start();
        await clock.advance(0);
        await started;
      },
    };
    tabs.push(tab);
    return tab;
  }

  const first = openTab();
  const bench: PhoneBench = {
    clock,
    server,
    webrtc,
    browser,
    page,
    first,
    phone: first.phone,
    media: first.media,
    events: first.events,
    issued,
    credentials,
    start: () => first.start(),
    openTab,
    phoneOptions: () => ({
      ...new FakeBrowser().tab(),
      clock,
      media: new FakeMedia(),
      createEngine: createJsSipEngine,
      createSocket: (url) => server.createSocket(url),
      credentials,
      ...options,
    }),
    async ring(given) {
      const leg = server.call(given);
      await clock.settle();
      const call = first.phone.get().calls.at(-1);
      if (!call) throw new Error('The phone shows no call.');
      return { leg, id: call.id };
    },
    async talk(given) {
      const rung = await bench.ring(given);
      const answered = first.phone.answer(rung.id);
      await clock.settle();
      await answered;
      return rung;
    },
    async dispose() {
      for (const tab of tabs) {
        const stopped = tab.phone.stop().catch(() => {});
        await clock.advance(12_000);
        await stopped;
      }
      restoreTime();
      webrtc.uninstall();
      page.uninstall();
    },
  };
  return bench;
}
