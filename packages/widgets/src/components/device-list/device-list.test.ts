import '../../define/device-list.ts';
import type { Device } from '@callweave/sdk/protocol';
import { expect } from 'chai';
import { device, deviceInEachState } from '../../testing/device-fixtures.ts';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import {
  button,
  expectAccessibleEverywhere,
  expectNoInlineStyles,
  expectUnharmedByPageCss,
  inside,
  mount,
  settled,
  textOf,
  unmountAll,
} from '../../testing/mount.ts';
import { expectNothingCutOff } from '../../testing/narrow.ts';

describe('cw-device-list', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
  });
  afterEach(unmountAll);

  const list = async (devices: readonly Device[], lang = 'en', openable = true) => {
    desk.values.devices.set({ status: 'ready', value: devices });
    return mount('cw-device-list', desk, { openable }, { lang });
  };
  const row = (element: Element, id: string) =>
    (inside(element, `[data-device=${id}]`).textContent ?? '').replace(/\s+/g, ' ').trim();

  it('tells days, warranty and the state of service in words', async () => {
    const element = await list(deviceInEachState());
    for (const words of ['Artin S1', '21 March 2025', '31 December 2026', 'active', '39 days left'])
      expect(row(element, 'device_active')).to.include(words);
    expect(row(element, 'device_last')).to.include('last day');
    expect(row(element, 'device_renewed')).to.include('renewed 770 days left');
    expect(row(element, 'device_renewed')).to.include('Dongle D-77');
    expect(row(element, 'device_case')).to.include('per case');
    expect(row(element, 'device_declined')).to.include('declined');
    for (const words of ['expired', 'over']) expect(row(element, 'device_expired')).to.include(words);
    for (const words of ['not activated', 'not yet', 'User id sara.karimi'])
      expect(row(element, 'device_new')).to.include(words);
  });

  it('warns by shape and colour before service ends, not only after it', async () => {
    const soon = { service: { state: 'active', daysLeft: 30, choice: 'none' } } as const;
    const element = await list([device({ id: 'device_soon', ...soon }), device({ id: 'device_long' })]);
    expect(inside(element, '[data-device=device_soon] .chip').classList.contains('warning')).to.equal(true);
    expect(inside(element, '[data-device=device_long] .chip').classList.contains('success')).to.equal(true);
    inside(element, '[data-device=device_soon] .chip svg');
  });

  it('opens a device for the page, and offers it only where the page wants it', async () => {
    const element = await list([device({ id: 'device_x', serial: 'X-1' })]);
    const opened: string[] = [];
    document.addEventListener('cw-device-open', ({ device: { id } }) => opened.push(id), { once: true });
    button(element, 'Open Artin S1 X-1').click();
    expect(opened).to.deep.equal(['device_x']);
    element.openable = false;
    await settled(element);
    expect(element.shadowRoot?.querySelector('button') === null).to.equal(true);
  });

  it('teaches when it is empty, and has skeleton and error', async () => {
    const element = await list([]);
    expect(textOf(element)).to.include('No devices yet');
    desk.values.devices.set({ status: 'loading' });
    await settled(element);
    expect(element.shadowRoot?.querySelectorAll('.skeleton')).to.have.length(3);
    desk.values.devices.set({ status: 'failed', error: new Error('x') });
    await settled(element);
    inside(element, '[role=alert]');
  });

  it('shows five hundred', async () => {
    const element = await list(Array.from({ length: 500 }, () => device()));
    expect(element.shadowRoot?.querySelectorAll('[data-device]')).to.have.length(500);
    expect(textOf(element)).to.include('500 devices');
  });

  it('in Persian: Jalali days and Persian digits', async () => {
    const element = await list(deviceInEachState(), 'fa');
    for (const words of ['۱ فروردین ۱۴۰۴', '۳۹ روز مانده', 'تمدید شده', 'روز آخر'])
      expect(textOf(element)).to.include(words);
  });

  it('is accessible, fits any width, keeps its looks in a hostile page, and needs no inline style', async () => {
    const element = await list(deviceInEachState());
    await expectNothingCutOff(element);
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
