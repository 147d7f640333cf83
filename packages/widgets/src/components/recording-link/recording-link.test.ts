import '../../define/recording-link.ts';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { manager, mina, session } from '../../testing/fixtures.ts';
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

describe('cw-recording-link', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.values.session.set({ status: 'signed-in', session: session(manager) });
    desk.answer('recordings.link', () => ({
      url: '/callweave/recordings/rec_1/file?token=x',
      expiresAt: '2026-11-22T11:00:00.000Z',
    }));
  });
  afterEach(unmountAll);

  const shown = () => mount('cw-recording-link', desk, { recordingId: 'rec_1' });
  const press = async (element: Element, action: string) => {
    inside(element, `[data-action="${action}"]`).click();
    await settled(element as never);
  };
  const give = (element: Element, reason: string) => {
    const field = inside<HTMLInputElement>(element, '#reason');
    field.value = reason;
    field.dispatchEvent(new Event('input'));
  };

  it('takes no space for an agent', async () => {
    desk.values.session.set({ status: 'signed-in', session: session(mina) });
    const element = await shown();
    expect(textOf(element).trim()).to.equal('');
  });

  it('makes a link for a reason and a time, and shows until when it is good', async () => {
    const element = await shown();
    await press(element, 'open');
    give(element, ' Asked for by the court ');
    const minutes = inside<HTMLSelectElement>(element, '#minutes');
    minutes.value = '1440';
    minutes.dispatchEvent(new Event('change'));
    await press(element, 'make');
    expect(desk.given('recordings.link')).to.deep.equal([['rec_1', 'Asked for by the court', 1440]]);
    expect(inside<HTMLInputElement>(element, '#link').value).to.equal(
      `${location.origin}/callweave/recordings/rec_1/file?token=x`,
    );
    expect(textOf(element)).to.include('2026');
    await press(element, 'close');
    expect(element.shadowRoot?.querySelector('#link') === null).to.equal(true);
  });

  it('asks for a reason, keeps what was typed when it fails, and says why', async () => {
    const element = await shown();
    await press(element, 'open');
    give(element, '  ');
    inside<HTMLFormElement>(element, 'form').dispatchEvent(new Event('submit', { cancelable: true }));
    await settled(element);
    expect(desk.given('recordings.link')).to.have.length(0);
    desk.fail('recordings.link', 'recording-expired');
    give(element, 'a claim');
    await press(element, 'make');
    expect(inside(element, '[role=alert]').textContent).to.include('deleted');
    expect(inside<HTMLInputElement>(element, '#reason').value).to.equal('a claim');
  });

  it('is accessible, keeps its looks in a hostile page, and needs no inline style', async () => {
    const element = await shown();
    await press(element, 'open');
    await expectAccessibleEverywhere(element);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
