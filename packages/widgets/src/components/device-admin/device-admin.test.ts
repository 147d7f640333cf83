import '../../define/device-admin.ts';
import { expect } from 'chai';
import { device, deviceType } from '../../testing/device-fixtures.ts';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import {
  button,
  expectAccessibleEverywhere,
  expectNoInlineStyles,
  inside,
  mount,
  settled,
  textOf,
  unmountAll,
} from '../../testing/mount.ts';
import { expectNothingCutOff } from '../../testing/narrow.ts';

describe('cw-device-admin', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.values.deviceTypes.set({ status: 'ready', value: [deviceType()] });
    desk.answer('devices.search', () => ({ devices: [device({ id: 'device_a', serial: 'A-1' })], more: true }));
  });
  afterEach(unmountAll);

  const shown = async () => {
    const element = await mount('cw-device-admin', desk);
    await settled(element);
    return element;
  };
  const submit = async (element: Element, form: string) => {
    inside<HTMLFormElement>(element, form).requestSubmit();
    await settled(element);
    await settled(element);
  };

  it('lists, goes on with a further page, and searches', async () => {
    const element = await shown();
    inside(element, '[data-device=device_a]');
    desk.answer('devices.search', () => ({ devices: [device({ id: 'device_b' })], more: false }));
    button(element, 'Show more').click();
    await settled(element);
    await settled(element);
    inside(element, '[data-device=device_a]');
    inside(element, '[data-device=device_b]');
    desk.answer('devices.search', () => ({ devices: [], more: false }));
    inside<HTMLInputElement>(element, '#query').value = ' QQ ';
    await submit(element, 'form[role=search]');
    expect(desk.given('devices.search')).to.deep.equal([
      [{}, undefined],
      [{}, 'device_a'],
      [{ query: 'QQ' }, undefined],
    ]);
    expect(textOf(element)).to.include('No device begins like this');
  });

  it('corrects a device, with a reason; a confirmed installation keeps its day', async () => {
    const element = await shown();
    button(element, /Edit: Artin S1 A-1/).click();
    await settled(element);
    expect(element.shadowRoot?.querySelectorAll('cw-day-field')).to.have.length(2);
    inside<HTMLInputElement>(element, '#serial').value = 'A-2';
    inside<HTMLInputElement>(element, '#reason').value = 'misread';
    desk.answer('devices.update', () => device({ id: 'device_a', serial: 'A-2' }));
    await submit(element, 'form[data-edit]');
    expect(desk.given('devices.update')).to.deep.equal([
      [{ deviceId: 'device_a', serial: 'A-2', dongle: null, userId: null, reason: 'misread' }],
    ]);
    expect(inside(element, '[data-device=device_a]').textContent).to.include('A-2');
    expect(textOf(element)).to.include('Saved.');
  });

  it('says what the server refuses, and keeps what was typed', async () => {
    const element = await shown();
    button(element, /Edit: Artin S1 A-1/).click();
    await settled(element);
    inside<HTMLInputElement>(element, '#serial').value = 'B-9';
    desk.fail('devices.update', 'device-taken');
    await submit(element, 'form[data-edit]');
    expect(inside(element, '[role=alert]').textContent).to.include('Another device has this serial number');
    expect(inside<HTMLInputElement>(element, '#serial').value).to.equal('B-9');
  });

  it('adds a type, named after brand and model where no name is given', async () => {
    const element = await shown();
    const types = inside(element, 'cw-device-types');
    expect(textOf(types)).to.include('12 months of service, 24 of warranty');
    inside<HTMLInputElement>(types, '#brand').value = 'Artin';
    inside<HTMLInputElement>(types, '#model').value = 'L7';
    inside<HTMLInputElement>(types, '#fa').value = 'لیزر';
    await submit(types, 'form');
    expect(desk.given('devices.createType')).to.deep.equal([
      [{ brand: 'Artin', model: 'L7', names: { en: 'Artin L7', fa: 'لیزر', cs: 'Artin L7' } }],
    ]);
    expect(textOf(types)).to.include('Artin L7 was added');
  });

  it('is accessible, fits any width and needs no inline style', async () => {
    const element = await shown();
    button(element, /Edit: Artin S1 A-1/).click();
    await settled(element);
    await expectNothingCutOff(element);
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
  });
});
