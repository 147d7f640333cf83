import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPhoneBench, FakeHeadset, FakeHid, type PhoneBench } from '../../testing/index.ts';
import { createHeadset, type Headset } from './headset.ts';

describe('the buttons of a headset', () => {
  let bench: PhoneBench;
  let hid: FakeHid;
  let device: FakeHeadset;
  let headset: Headset;

  beforeEach(async () => {
    bench = await createPhoneBench();
    await bench.start();
    hid = new FakeHid();
    device = new FakeHeadset();
    hid.allowed = [device];
    headset = createHeadset(bench.phone, hid);
    await bench.clock.settle();
  });
  afterEach(async () => {
    await headset.close();
    await bench.dispose();
  });

  const call = () => bench.phone.get().calls[0];

  it('a headset that was allowed before connects by itself', () => {
    expect(headset.state.get()).toEqual({ status: 'connected', name: 'Fake headset' });
    expect(device.opened).toBe(true);
  });

  it('rings with its light, answers off the hook, and hangs up on it', async () => {
    const { leg } = await bench.ring();
    await bench.clock.settle();
    expect(device.lights).toEqual(['ring']);
    device.hook(true);
    await bench.clock.settle();
    expect(leg.status).toBe(200);
    await bench.clock.settle();
    expect(device.lights).toEqual(['offHook']);
    expect(device.sent.at(-1)).toEqual({ reportId: 3, bytes: [1] });
    device.hook(false);
    await bench.clock.settle();
    expect(leg.requests('BYE')).toHaveLength(1);
    await bench.clock.settle();
    expect(device.lights).toEqual([]);
  });

  it('mutes, holds and takes back, and its lights follow the page', async () => {
    const { id } = await bench.talk();
    device.press('mute');
    await bench.clock.settle();
    expect(call()?.muted).toBe(true);
    expect(device.lights).toEqual(['offHook', 'mute']);
    await bench.phone.unmute(id);
    await bench.clock.settle();
    expect(device.lights).toEqual(['offHook']);
    device.press('flash');
    await bench.clock.settle();
    expect(call()?.hold).toBe('local');
    expect(device.lights).toEqual(['offHook', 'hold']);
    device.press('flash');
    await bench.clock.settle();
    expect(call()?.hold).toBe('none');
  });

  it('answered on the page, the hook hangs up with its first press', async () => {
    const { leg } = await bench.talk();
    await bench.clock.settle();
    expect(device.lights).toEqual(['offHook']);
    device.hook(false);
    await bench.clock.settle();
    expect(leg.requests('BYE')).toHaveLength(1);
  });

  it('a headset whose hook does not follow the page mutes without hanging up', async () => {
    device.follows = false;
    await bench.talk();
    device.press('mute');
    await bench.clock.settle();
    expect(call()).toMatchObject({ signalling: 'active', muted: true });
  });

  it('works from the start of the phone, without anybody asking for it', async () => {
    await headset.close();
    expect(device.opened).toBe(false);
    const other = await createPhoneBench({ hid });
    await other.start();
    await expect.poll(() => device.opened).toBe(true);
    await other.dispose();
  });

  it('in a page that only follows, its buttons are left to the one that owns the phone', async () => {
    const follower = bench.openTab({ hid });
    await follower.start();
    const theirs = await follower.phone.headset();
    await headset.close();
    await bench.clock.settle();
    const { leg } = await bench.ring();
    await bench.clock.settle();
    expect(theirs.state.get().status).toBe('connected');
    device.hook(true);
    await bench.clock.settle();
    expect(leg.status).toBe(null);
    await theirs.close();
  });

  it('without a call its buttons do nothing', async () => {
    device.hook(true);
    device.press('mute');
    device.press('flash');
    device.hook(false);
    await bench.clock.settle();
    expect(bench.server.requests('INVITE')).toHaveLength(0);
    expect(bench.phone.get().calls).toEqual([]);
  });

  it('unplugged, it is gone without harm to the call; plugged in again, it is back with its lights', async () => {
    await bench.talk();
    hid.unplug(device);
    await bench.clock.settle();
    expect(headset.state.get()).toEqual({ status: 'none' });
    device.hook(true);
    device.hook(false);
    await bench.clock.settle();
    expect(call()?.signalling).toBe('active');
    hid.plug(device);
    await bench.clock.settle();
    expect(headset.state.get().status).toBe('connected');
    expect(device.lights).toEqual(['offHook']);
  });

  it('another one is chosen by hand, and a device that is no telephone is not taken', async () => {
    const other = new FakeHeadset('Another');
    hid.chosen = [other];
    expect(await headset.connect()).toBe(true);
    expect(headset.state.get()).toEqual({ status: 'connected', name: 'Another' });
    expect(device.opened).toBe(false);
    hid.chosen = [Object.assign(new FakeHeadset('Keyboard'), { collections: [{ usagePage: 1, usage: 6 }] })];
    expect(await headset.connect()).toBe(false);
    expect(headset.state.get()).toEqual({ status: 'connected', name: 'Another' });
    hid.chosen = [];
    expect(await headset.connect()).toBe(false);
  });

  it('let go, its lights are off and it is closed', async () => {
    await bench.talk();
    await headset.disconnect();
    expect(device.lights).toEqual([]);
    expect(device.opened).toBe(false);
    expect(headset.state.get()).toEqual({ status: 'none' });
  });

  it('a browser without WebHID has no headset, and says so', async () => {
    const none = createHeadset(bench.phone, undefined);
    expect(none.state.get()).toEqual({ status: 'unsupported' });
    expect(await none.connect()).toBe(false);
    await none.close();
  });
});
