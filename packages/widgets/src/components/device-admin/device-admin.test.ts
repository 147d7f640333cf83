import '../../define/device-admin.ts';
import { expect } from 'chai';
import { device, deviceType } from '../../testing/device-fixtures.ts';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { reza, sara } from '../../testing/fixtures.ts';
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
    await submit(types, 'form[data-new]');
    expect(desk.given('devices.createType')).to.deep.equal([
      [{ brand: 'Artin', model: 'L7', names: { en: 'Artin L7', fa: 'لیزر', cs: 'Artin L7' } }],
    ]);
    expect(textOf(types)).to.include('Artin L7 was added');
  });

  it('changes the months that come with a type, written in any digits', async () => {
    const element = await shown();
    const types = inside(element, 'cw-device-types');
    button(types, 'Edit type: Artin S1').click();
    await settled(types);
    const service = inside<HTMLInputElement>(types, '#service-months');
    expect([service.value, inside<HTMLInputElement>(types, '#warranty-months').value]).to.deep.equal(['12', '24']);
    service.value = 'many';
    await submit(types, 'form[data-edit]');
    expect(desk.given('devices.updateType')).to.deep.equal([]);
    service.value = '۱۸';
    desk.answer('devices.updateType', (input: object) => ({ ...deviceType(), ...input }));
    await submit(types, 'form[data-edit]');
    expect(desk.given('devices.updateType')).to.deep.equal([
      [{ typeId: deviceType().id, serviceMonths: 18, warrantyMonths: 24 }],
    ]);
    expect(textOf(types)).to.include('Artin S1 was saved.');
    expect(types.shadowRoot?.querySelector('form[data-edit]')).to.equal(null);
  });

  /** What comes after the pause of a search; the runner's time is the limit. */
  const shows = async (found: () => unknown) => {
    while (!found()) await new Promise((resolve) => requestAnimationFrame(resolve));
  };

  describe('enters one device', () => {
    const choose = async (element: Element) => {
      const entry = inside(element, 'cw-new-device');
      desk.answer('customers.find', () => [sara, reza]);
      const search = inside<HTMLInputElement>(entry, '#customer');
      search.value = '0013542419';
      search.dispatchEvent(new Event('input'));
      await shows(() => entry.shadowRoot?.querySelector(`[data-customer="${sara.id}"]`));
      inside(entry, `[data-customer="${sara.id}"]`).click();
      await settled(entry);
      return entry;
    };

    it('of a customer who is found by anything that tells them', async () => {
      const element = await shown();
      const entry = await choose(element);
      expect(desk.given('customers.find')[0]?.[0]).to.equal('0013542419');
      inside<HTMLSelectElement>(entry, '#type').value = deviceType().id;
      inside<HTMLInputElement>(entry, '#serial').value = ' N-77 ';
      desk.answer('devices.create', () => device({ id: 'device_new', serial: 'N-77' }));
      desk.answer('devices.search', () => ({ devices: [device({ id: 'device_new', serial: 'N-77' })], more: false }));
      await submit(entry, 'form');
      expect(desk.given('devices.create')).to.deep.equal([
        [
          {
            customerId: sara.id,
            typeId: deviceType().id,
            serial: 'N-77',
            dongle: null,
            userId: null,
            installedOn: null,
            warrantyEndsOn: null,
            serviceEndsOn: null,
          },
        ],
      ]);
      expect(textOf(entry)).to.include(`Artin S1 N-77 was entered for ${sara.name}.`);
      await settled(element);
      inside(element, '[data-device=device_new]');
    });

    it('says what is refused, keeps what was typed, and says when nobody is found', async () => {
      const element = await shown();
      const entry = await choose(element);
      inside<HTMLSelectElement>(entry, '#type').value = deviceType().id;
      inside<HTMLInputElement>(entry, '#serial').value = 'A-1';
      desk.fail('devices.create', 'device-taken');
      await submit(entry, 'form');
      expect(inside(entry, '[role=alert]').textContent).to.include('Another device has this serial number');
      expect(inside<HTMLInputElement>(entry, '#serial').value).to.equal('A-1');
      button(entry, 'Another customer').click();
      await settled(entry);
      desk.answer('customers.find', () => []);
      const search = inside<HTMLInputElement>(entry, '#customer');
      search.value = 'nobody';
      search.dispatchEvent(new Event('input'));
      await shows(() => textOf(entry).includes('No such customer'));
    });

    it('is accessible in both directions and fits any width', async () => {
      const element = await shown();
      await expectNothingCutOff(await choose(element));
      await expectAccessibleEverywhere(element);
      expectNoInlineStyles(inside(element, 'cw-new-device'));
      unmountAll();
      const persian = await mount('cw-device-admin', desk, {}, { lang: 'fa' });
      const entry = await choose(persian);
      expect(entry.dir).to.equal('rtl');
      button(inside(persian, 'cw-device-types'), /ویرایش نوع/).click();
      await settled(inside(persian, 'cw-device-types'));
      await expectAccessibleEverywhere(persian);
    });
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
