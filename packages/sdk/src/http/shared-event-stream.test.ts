import { beforeEach, describe, expect, it } from 'vitest';
import { encodeEvent, eventOf, FakeEventAdapter, type FakeEventConnection } from '../testing/fake-event-adapter.ts';
import { FakeBrowser, type FakeTabPorts } from '../testing/fake-tabs.ts';
import { createVirtualClock, type VirtualClock } from '../testing/virtual-clock.ts';
import { type ConnectionState, createEventStream, type EventStream } from './event-stream.ts';
import { createSharedEventStream } from './shared-event-stream.ts';

/** One page of the browser, and what its desk gets to hear. */
class Page {
  readonly tab: FakeTabPorts;
  readonly got: number[] = [];
  readonly states: ConnectionState[] = [];
  /** Where the log stood when the page came online: what its state, loaded then, contains. */
  loadedAt: number | undefined;
  readonly stream: EventStream;
  readonly #adapter: FakeEventAdapter;

  constructor(browser: FakeBrowser, adapter: FakeEventAdapter, clock: VirtualClock, account: string) {
    this.tab = browser.tab();
    this.#adapter = adapter;
    this.stream = createSharedEventStream({
      url: 'https://desk.example/callweave/events',
      accountId: account,
      connect: createEventStream,
      fetch: adapter.fetch(this.tab, account),
      clock,
      locks: this.tab.locks,
      openChannel: this.tab.openChannel,
      onEvent: (event) => this.got.push(event.seq),
      onState: (state) => {
        this.states.push(state);
        if (state === 'online') this.loadedAt ??= adapter.last;
      },
    });
  }

  get state(): ConnectionState | undefined {
    return this.states.at(-1);
  }

  get connections(): FakeEventConnection[] {
    return [...this.#adapter.open].filter(({ tab }) => tab === this.tab);
  }

  /** As the browser does it: nothing of the page runs any more, its connection is cut, its lock is free. */
  close(): void {
    const own = this.connections;
    for (const connection of own) this.#adapter.open.delete(connection);
    this.#adapter.gone.add(this.tab);
    this.tab.close();
  }
}

describe('one event stream for all tabs', () => {
  let browser: FakeBrowser;
  let adapter: FakeEventAdapter;
  let clock: VirtualClock;
  beforeEach(() => {
    browser = new FakeBrowser();
    adapter = new FakeEventAdapter();
    clock = createVirtualClock();
  });

  const open = async (account = 'acc_1'): Promise<Page> => {
    const page = new Page(browser, adapter, clock, account);
    page.stream.start();
    await clock.settle();
    return page;
  };
  const five = async (): Promise<[Page, ...Page[]]> => {
    const pages: [Page, ...Page[]] = [await open()];
    while (pages.length < 5) pages.push(await open());
    return pages;
  };
  /** Lives through `ms` with the adapter's comment every 15 s. */
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 15_000) {
      await clock.advance(Math.min(left, 15_000));
      adapter.heartbeat();
      await clock.settle();
    }
  };

  it('five tabs have one connection, also over hours, and all get every event', async () => {
    const pages = await five();
    for (let i = 0; i < 3; i += 1) {
      adapter.publish();
      await pass(3_600_000);
    }
    expect(adapter.requests).toHaveLength(1);
    for (const page of pages) {
      expect(page.got).toEqual([41, 42, 43]);
      expect(page.states).toEqual(['connecting', 'online']);
    }
  });

  it('when the leader goes, the next goes on from where it is: no gap, nothing twice', async () => {
    const pages = await five();
    adapter.publish();
    await clock.settle();
    while (pages.length > 1) {
      pages.shift()?.close();
      // Before anyone has a connection again.
      adapter.publish();
      await clock.settle();
      adapter.publish();
      await clock.settle();
      expect(adapter.open.size).toBe(1);
      expect(pages[0]?.connections).toHaveLength(1);
    }
    expect(pages[0]?.got).toEqual([41, 42, 43, 44, 45, 46, 47, 48, 49]);
    expect(adapter.requests.map(({ after }) => after)).toEqual([null, '41', '43', '45', '47']);
  });

  it('a tab that stops leaves the others connected', async () => {
    const [first, ...others] = await five();
    first.stream.stop();
    adapter.publish();
    await clock.settle();
    expect(first.states.at(-1)).toBe('idle');
    expect(first.got).toEqual([]);
    expect(adapter.open.size).toBe(1);
    for (const page of others) expect(page).toMatchObject({ got: [41], state: 'online' });
  });

  it('a cut connection is resumed for all of them', async () => {
    const pages = await five();
    for (const connection of adapter.open) connection.end();
    await clock.settle();
    for (const page of pages) expect(page.state).toBe('offline');
    adapter.publish();
    await clock.advance(1_000);
    for (const page of pages) expect(page).toMatchObject({ got: [41], state: 'online' });
    expect(adapter.requests.map(({ after }) => after)).toEqual([null, '40']);
  });

  it('a frozen leader is stood in for until it is heard again', async () => {
    const [leader, ...others] = await five();
    adapter.publish();
    await clock.settle();
    leader.tab.frozen = true;
    adapter.publish();
    await clock.advance(39_000);
    expect(adapter.open.size).toBe(1);
    await clock.advance(1_000);
    adapter.heartbeat();
    await clock.settle();
    for (const page of others) {
      expect(page.connections).toHaveLength(1);
      expect(page).toMatchObject({ got: [41, 42], state: 'online' });
    }
    adapter.publish();
    await pass(120_000);
    leader.tab.frozen = false;
    await pass(15_000);
    expect([...adapter.open].map(({ tab }) => tab)).toEqual([leader.tab]);
    adapter.publish();
    await clock.settle();
    for (const page of others) expect(page.got).toEqual([41, 42, 43, 44]);
  });

  it('a leader that slept resumes where it was, and the others get nothing of that twice', async () => {
    const [leader, ...others] = await five();
    leader.tab.frozen = true;
    adapter.asleep.add(leader.tab);
    for (const connection of leader.connections) connection.end();
    for (let i = 0; i < 4; i += 1) {
      adapter.publish();
      await pass(30_000);
    }
    for (const page of others) expect(page.got).toEqual([41, 42, 43, 44]);
    expect(leader.got).toEqual([]);
    leader.tab.frozen = false;
    adapter.asleep.clear();
    await pass(45_000);
    adapter.publish();
    await clock.settle();
    expect(adapter.requests.at(-1)).toMatchObject({ tab: leader.tab, after: '40' });
    expect([...adapter.open].map(({ tab }) => tab)).toEqual([leader.tab]);
    for (const page of [leader, ...others]) expect(page.got).toEqual([41, 42, 43, 44, 45]);
  });

  it('a stand-in that inherits the lock keeps its connection', async () => {
    const [leader, ...others] = await five();
    leader.tab.frozen = true;
    await pass(45_000);
    const before = adapter.requests.length;
    leader.close();
    await pass(15_000);
    expect(adapter.requests).toHaveLength(before);
    expect([...adapter.open].map(({ tab }) => tab)).toEqual([others[0]?.tab]);
    adapter.publish();
    await clock.settle();
    for (const page of others) expect(page.got).toEqual([41]);
  });

  it('a follower that missed what the leader said asks the adapter itself', async () => {
    const [leader, follower] = [await open(), await open()];
    adapter.publish();
    await clock.settle();
    follower.tab.frozen = true;
    adapter.publish();
    adapter.publish();
    await clock.settle();
    follower.tab.frozen = false;
    adapter.publish();
    await clock.settle();
    expect(adapter.requests.map(({ after }) => after)).toEqual([null, '41']);
    expect(follower.got).toEqual([41, 42, 43, 44]);
    await pass(15_000);
    expect([...adapter.open].map(({ tab }) => tab)).toEqual([leader.tab]);
    adapter.publish();
    await clock.settle();
    expect(follower.got).toEqual([41, 42, 43, 44, 45]);
  });

  it('a tab opened in the middle gets what comes after its state, and resumes from there', async () => {
    const leader = await open();
    adapter.publish();
    adapter.publish();
    await clock.settle();
    const late = new Page(browser, adapter, clock, 'acc_1');
    late.stream.start();
    expect(late.states).toEqual(['connecting']);
    adapter.publish();
    await clock.settle();
    adapter.publish();
    await clock.settle();
    expect(late.state).toBe('online');
    // Each event is in the state that was loaded, or came afterwards.
    const { loadedAt = Number.NaN } = late;
    for (let seq = loadedAt + 1; seq <= adapter.last; seq += 1) expect(late.got).toContain(seq);
    expect(late.got).toEqual([...new Set(late.got)]);
    leader.close();
    adapter.publish();
    await clock.settle();
    expect(late.got.at(-1)).toBe(45);
    expect(adapter.requests.map(({ after }) => after)).toEqual([null, '44']);
  });

  it('is not online before the leader is, nor before a position is known', async () => {
    // A leader in the hand of the test.
    const name = 'callweave.events.1:https://desk.example/callweave/events:acc_1';
    const leader = browser.tab();
    await leader.locks.acquire(name, { signal: new AbortController().signal });
    const channel = leader.openChannel(name);
    const follower = new Page(browser, adapter, clock, 'acc_1');
    follower.stream.start();
    channel.post({ type: 'leader', state: 'connecting', after: undefined, position: undefined });
    await clock.settle();
    channel.post({ type: 'leader', state: 'online', after: undefined, position: undefined });
    await clock.settle();
    expect(follower.states).toEqual(['connecting']);
    channel.post({ type: 'leader', state: 'online', after: 7, position: 7 });
    await clock.settle();
    expect(follower.states).toEqual(['connecting', 'online']);
    channel.post({ type: 'leader', state: 'online', after: '7', position: 8, event: eventOf(8) });
    channel.post('nonsense');
    channel.post(null);
    await clock.settle();
    expect(follower.got).toEqual([]);
  });

  it('a tab opened beside a frozen leader does not wait long', async () => {
    const leader = await open();
    leader.tab.frozen = true;
    const late = await open();
    await clock.advance(2_000);
    expect(late.state).toBe('online');
    expect(late.connections).toHaveLength(1);
  });

  it('a reset reaches all, and may lead back', async () => {
    const pages = await five();
    adapter.last = 10;
    for (const { send } of adapter.open) send(encodeEvent(eventOf(10, 'reset')));
    await clock.settle();
    adapter.publish();
    await clock.settle();
    for (const page of pages) expect(page.got).toEqual([10, 11]);
    expect(adapter.requests).toHaveLength(1);
  });

  it('who is signed out is told so in every tab', async () => {
    const pages = await five();
    adapter.signedOut = () => true;
    for (const connection of adapter.open) connection.end();
    await clock.advance(1_000);
    for (const page of pages) expect(page.state).toBe('signed-out');
    await clock.advance(600_000);
    expect(adapter.open.size).toBe(0);
  });

  it('a tab whose own sign-in is over does not sign the others out', async () => {
    const [leader, ...others] = await five();
    adapter.signedOut = (tab) => tab === leader.tab;
    for (const connection of adapter.open) connection.end();
    await clock.advance(1_000);
    adapter.publish();
    await clock.settle();
    expect(leader).toMatchObject({ state: 'signed-out', got: [] });
    expect(adapter.open.size).toBe(1);
    for (const page of others) {
      expect(page).toMatchObject({ state: 'online', got: [41] });
      expect(page.states).not.toContain('signed-out');
    }
  });

  it('another account never shares, and a tab that changes accounts leaves the first', async () => {
    const one = await open('acc_1');
    const two = await open('acc_2');
    expect([...adapter.open].map(({ account }) => account)).toEqual(['acc_1', 'acc_2']);
    const [mine] = one.connections;
    mine?.send(encodeEvent(eventOf(41)));
    await clock.settle();
    expect(one.got).toEqual([41]);
    expect(two.got).toEqual([]);
    one.stream.stop();
    await clock.settle();
    expect([...adapter.open].map(({ account }) => account)).toEqual(['acc_2']);
  });

  it('where locks are refused every tab has a connection of its own', async () => {
    const pages = [0, 1].map(() => {
      const tab = browser.tab();
      const got: number[] = [];
      const stream = createSharedEventStream({
        url: 'https://desk.example/callweave/events',
        accountId: 'acc_1',
        connect: createEventStream,
        fetch: adapter.fetch(tab, 'acc_1'),
        clock,
        locks: { acquire: () => Promise.reject(new DOMException('Access is denied.', 'SecurityError')) },
        openChannel: tab.openChannel,
        onEvent: (event) => got.push(event.seq),
        onState: () => {},
      });
      stream.start();
      return { got, stream };
    });
    await clock.settle();
    adapter.publish();
    await clock.settle();
    expect(adapter.open.size).toBe(2);
    for (const { got, stream } of pages) {
      expect(got).toEqual([41]);
      stream.stop();
    }
    await clock.settle();
    expect(adapter.open.size).toBe(0);
  });
});
