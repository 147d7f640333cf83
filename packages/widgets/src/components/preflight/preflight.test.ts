import '../../define/preflight.ts';
import type { PreflightState } from '@callweave/sdk/phone';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { createFakePreflight, type FakePreflight, preflightState } from '../../testing/fake-preflight.ts';
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
import type { CwPreflight } from './preflight.ts';

describe('cw-preflight', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  let preflight: FakePreflight;

  beforeEach(() => {
    desk = createFakeDesk();
  });
  afterEach(unmountAll);

  const passed = { status: 'passed' } as const;
  const good = preflightState(
    {
      microphone: passed,
      speaker: passed,
      connection: passed,
      registration: passed,
      network: passed,
      call: { ...passed, figures: { lossIn: 0.012, lossOut: 0, rttMs: 38.4, jitterMs: 3.2, mos: 4.36 } },
    },
    { status: 'done', verdict: 'good' },
  );

  async function begin(state: PreflightState, lang?: string): Promise<CwPreflight> {
    preflight = createFakePreflight(state);
    desk.answer('phone.preflight', () => preflight);
    const element = await mount('cw-preflight', desk, {}, lang === undefined ? {} : { lang });
    inside(element, '.start').click();
    await settled(element);
    return element;
  }
  const line = (element: CwPreflight, check: string) =>
    (inside(element, `[data-check=${check}]`).textContent ?? '').replace(/\s+/g, ' ').trim();

  it('says what it will test, and loads nothing before it is asked to', async () => {
    const element = await mount('cw-preflight', desk);
    expect(element.shadowRoot?.querySelectorAll('.check')).to.have.length(6);
    expect(line(element, 'call')).to.equal('Test call Not tested yet');
    expect(desk.given('phone.preflight')).to.have.length(0);
    expect(button(element, 'Start the test').classList.contains('primary')).to.equal(true);
  });

  it('shows how loud the microphone is', async () => {
    const element = await begin(preflightState({ microphone: { status: 'running' } }, { level: 0.25 }));
    expect(line(element, 'microphone')).to.include('Say a few words.');
    expect(inside<HTMLMeterElement>(element, 'meter').value).to.equal(0.5);
    expect(inside<HTMLMeterElement>(element, 'meter').ariaLabel).to.equal('Loudness of the microphone');
  });

  it('asks whether the tone was heard, and hands the answer on', async () => {
    const element = await begin(preflightState({ speaker: { status: 'running' } }, { asks: true }));
    expect(inside(element, '[role=alert]').textContent).to.equal('Did you hear the two notes?');
    button(element, 'Yes, I heard them').click();
    button(element, 'No').click();
    expect(preflight.answers).to.deep.equal([true, false]);
  });

  it('tells the outcome in words and figures, and as an event', async () => {
    const element = await begin(preflightState({ call: { status: 'running' } }));
    const outcomes: PreflightState[] = [];
    element.addEventListener('cw-preflight', ({ outcome }) => outcomes.push(outcome));
    preflight.state.set(good);
    preflight.finish();
    await settled(element);
    expect(outcomes).to.deep.equal([good]);
    expect(inside(element, '[role=status]').textContent).to.include('Everything works');
    expect(line(element, 'call')).to.match(
      /Test call Good.*lost towards you 1\.2 %.*there and back 38 ms.*estimate 4\.4 of 4\.5/,
    );
    expect(button(element, 'Test again').disabled).to.equal(false);
  });

  it('says of each failure what to do', async () => {
    const element = await begin(
      preflightState(
        {
          microphone: { status: 'failed', reason: 'microphone-denied' },
          call: { status: 'skipped', reason: 'needs-earlier' },
        },
        { status: 'done', verdict: 'unusable' },
      ),
    );
    expect(line(element, 'microphone')).to.include('Does not work').and.include('Allow it in the address bar');
    expect(line(element, 'call')).to.include('Not tested').and.include('Something above has to work first.');
    expect(textOf(element)).to.include('Calls will not work here until what is marked is put right.');
  });

  it('stops on demand, and when nobody looks any more', async () => {
    const element = await begin(preflightState({ microphone: { status: 'running' } }));
    button(element, 'Stop').click();
    expect(preflight.stopped).to.equal(1);
    element.remove();
    expect(preflight.stopped).to.equal(2);
  });

  it('says that a call is in progress', async () => {
    desk.answer('phone.preflight', () => ({
      ...createFakePreflight(preflightState({}, { status: 'idle' })),
      run: () => Promise.reject(Object.assign(new Error('busy'), { code: 'busy' })),
    }));
    const element = await mount('cw-preflight', desk);
    inside(element, '.start').click();
    await settled(element);
    expect(inside(element, '[role=status]').textContent?.trim()).to.have.length.greaterThan(5);
    expect(button(element, 'Start the test').disabled).to.equal(false);
  });

  it('speaks Persian, with its digits', async () => {
    const element = await begin(good, 'fa');
    expect(line(element, 'call')).to.include('تماس آزمایشی').and.include('رفت و برگشت ۳۸');
  });

  for (const [name, state] of Object.entries({
    'in the microphone check': preflightState({ microphone: { status: 'running' } }, { level: 0.2 }),
    'while it asks': preflightState({ speaker: { status: 'running' } }, { asks: true }),
    'when all is good': good,
    'when something failed': preflightState(
      {
        connection: { status: 'failed', reason: 'connection-blocked' },
        call: { status: 'warning', reason: 'high-loss' },
      },
      { status: 'done', verdict: 'unusable' },
    ),
  })) {
    it(`is accessible ${name}, in both directions and schemes`, async () => {
      await expectAccessibleEverywhere(await begin(state));
    });
  }

  it('keeps to its own looks and to a strict policy', async () => {
    const element = await begin(good);
    expectNoInlineStyles(element);
    await expectUnharmedByPageCss(element);
  });
});
