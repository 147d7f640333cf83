import '../../define/audit-trail.ts';
import { expect } from 'chai';
import { auditEntries } from '../../testing/buyer-fixtures.ts';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import {
  button,
  expectAccessibleEverywhere,
  expectNoInlineStyles,
  expectUnharmedByPageCss,
  mount,
  settled,
  textOf,
  unmountAll,
} from '../../testing/mount.ts';

const [newer, older] = auditEntries;

describe('cw-audit-trail', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.answer('audit.list', (_subject: string, { before }: { before?: string }) =>
      before === undefined ? { entries: [newer], more: true } : { entries: [older], more: false },
    );
  });
  afterEach(unmountAll);

  it('shows fields, before and after, who and why, and earlier ones on demand', async () => {
    const widget = await mount('cw-audit-trail', desk, { subject: 'buyer:cus_nima' });
    await settled(widget);
    const text = textOf(widget);
    expect(text).to.include('Telephone').and.include('by حمید کریمی').and.include('جابه‌جایی مطب');
    expect(text).to.include('تهران, ولیعصر, ۱');
    button(widget, 'Earlier changes').click();
    await settled(widget);
    expect(desk.given('audit.list').at(-1)).to.deep.equal(['buyer:cus_nima', { before: 'change_2' }]);
    expect(textOf(widget)).to.include('by the system').and.include('nothing');
    expect(() => button(widget, 'Earlier changes')).to.throw('No button');
  });

  it('loads another subject when it is given one, and marks what the chain does not confirm', async () => {
    const widget = await mount('cw-audit-trail', desk, { subject: 'buyer:cus_nima' });
    await settled(widget);
    desk.answer('audit.list', () => ({ entries: [{ ...newer, intact: false }], more: false }));
    widget.subject = 'buyer:other';
    await settled(widget);
    await settled(widget);
    expect(desk.given('audit.list').at(-1)?.[0]).to.equal('buyer:other');
    expect(textOf(widget)).to.include('Altered in the database');
  });

  it('is accessible, unharmed by page CSS, and without inline styles', async () => {
    const widget = await mount('cw-audit-trail', desk, { subject: 'buyer:cus_nima' }, { width: 480 });
    await settled(widget);
    await expectAccessibleEverywhere(widget);
    expectNoInlineStyles(widget);
    await expectUnharmedByPageCss(widget);
  });
});
