import '../../define/checklist-admin.ts';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { checklist, scannerType } from '../../testing/installation-fixtures.ts';
import {
  expectAccessibleEverywhere,
  expectNoInlineStyles,
  expectUnharmedByPageCss,
  inside,
  mount,
  settled,
  textOf,
  unmountAll,
} from '../../testing/mount.ts';

describe('cw-checklist-admin', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.answer('installations.checklists', () => [checklist()]);
    desk.answer('installations.deviceTypes', () => [scannerType]);
    desk.answer('installations.saveDraft', (input: { items: { id?: string; texts: never }[]; typeId: string }) =>
      checklist({
        id: 'checklist_2',
        typeId: input.typeId,
        version: 3,
        state: 'draft',
        revision: 1,
        publishedAt: null,
        items: input.items.map(({ id, texts }, index) => ({ id: id ?? `new_${index}`, texts })),
      }),
    );
    desk.answer('installations.publish', () => checklist({ id: 'checklist_2', version: 3 }));
  });
  afterEach(unmountAll);

  const shown = (lang = 'en') => mount('cw-checklist-admin', desk, {}, { lang });
  const click = async (element: Element, selector: string) => {
    inside(element, selector).click();
    await settled(element);
  };
  const write = async (element: Element, id: string, text: string) => {
    const field = inside<HTMLInputElement>(element, `#${id}`);
    field.value = text;
    field.dispatchEvent(new Event('input'));
    await settled(element);
  };

  it('saves items with their order, and says which revision it goes by', async () => {
    const element = await shown();
    await click(element, 'li:last-of-type [data-action="up"]');
    await click(element, '[data-action="add"]');
    for (const language of ['en', 'fa', 'cs']) await write(element, `${language}-2`, `New ${language}`);
    await click(element, '[data-action="save"]');
    const [[input]] = desk.given('installations.saveDraft') as [[{ items: { id?: string }[]; revision: number }]];
    expect(input.revision).to.equal(0);
    expect(input.items.map(({ id }) => id)).to.deep.equal(['item_2', 'item_1', undefined]);
    expect(textOf(element)).to.contain('The draft is saved');
    expect(textOf(element)).to.contain('Draft of version 3');
  });

  it('does not send an item that lacks a language', async () => {
    const element = await shown();
    await click(element, '[data-action="add"]');
    await click(element, '[data-action="save"]');
    expect(inside(element, '[role="alert"]').textContent).to.contain('all three languages');
    expect(inside(element, '#fa-2').getAttribute('aria-invalid')).to.equal('true');
    expect(desk.given('installations.saveDraft')).to.have.length(0);
  });

  it('publishes what was saved, after asking once', async () => {
    const element = await shown();
    await click(element, 'li [data-action="remove"]');
    await click(element, '[data-action="ask"]');
    expect(desk.given('installations.publish')).to.have.length(0);
    await click(element, '[data-action="publish"]');
    expect(desk.given('installations.publish')).to.deep.equal([['general', 1]]);
    expect(textOf(element)).to.contain('Version 3 is published');
  });

  it('keeps what was typed when somebody else has changed the draft', async () => {
    desk.fail('installations.saveDraft', 'conflict');
    const element = await shown();
    await write(element, 'en-0', 'My words');
    await click(element, '[data-action="save"]');
    expect(element.shadowRoot?.querySelector('[role="alert"]')).not.to.equal(null);
    expect(inside<HTMLInputElement>(element, '#en-0').value).to.equal('My words');
  });

  it('shows the checklist of the type that is chosen', async () => {
    const element = await shown();
    const type = inside<HTMLSelectElement>(element, '#type');
    type.value = scannerType.id;
    type.dispatchEvent(new Event('change'));
    await settled(element);
    expect(textOf(element)).to.contain('Nothing is published yet');
    expect(textOf(element)).to.contain('No items yet');
  });

  it('is accessible in both directions and schemes', async () => {
    await expectAccessibleEverywhere(await shown());
    await expectAccessibleEverywhere(await shown('fa'));
  });

  it('stands against the CSS of a page and a strict policy', async () => {
    await expectUnharmedByPageCss(await shown());
    expectNoInlineStyles(await shown());
  });
});
