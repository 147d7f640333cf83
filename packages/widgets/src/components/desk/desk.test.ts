import '../../define/desk.ts';
import '../../define/incoming-call.ts';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { ringingCall, sara } from '../../testing/fixtures.ts';
import { settled, textOf } from '../../testing/mount.ts';
import { en } from '../../translations/en.ts';
import { registerTranslation } from '../../translations/registry.ts';

describe('cw-desk', () => {
  const added: Element[] = [];
  const put = <E extends Element>(element: E, into: Element = document.body): E => {
    into.append(element);
    added.push(element);
    return element;
  };
  const ringingDesk = () => {
    const desk = createFakeDesk();
    desk.values.ringing.set([ringingCall()]);
    return desk;
  };

  afterEach(() => {
    for (const element of added.splice(0)) element.remove();
    document.documentElement.lang = 'en';
  });

  it('gives its desk and its language to the widgets inside', async () => {
    const provider = document.createElement('cw-desk');
    provider.desk = ringingDesk();
    provider.locale = 'cs';
    put(provider);
    const badge = put(document.createElement('cw-incoming-call'), provider);
    await settled(badge);
    expect(textOf(badge)).to.include(sara.name).and.include('Odmítnout');
    provider.locale = 'fa';
    await settled(badge);
    expect(textOf(badge)).to.include('رد تماس');
    expect(badge.dir).to.equal('rtl');
  });

  it('serves widgets that stand outside every desk, and lets go of them when it leaves', async () => {
    const badge = put(document.createElement('cw-incoming-call'));
    await settled(badge);
    expect(textOf(badge)).to.equal('');
    const provider = document.createElement('cw-desk');
    provider.desk = ringingDesk();
    put(provider);
    await settled(badge);
    expect(textOf(badge)).to.include(sara.name);
    provider.remove();
    await settled(badge);
    expect(textOf(badge)).to.equal('');
  });

  it('draws nothing itself', () => {
    const provider = put(document.createElement('cw-desk'));
    expect(provider.shadowRoot).to.equal(null);
    expect(getComputedStyle(provider).display).to.equal('contents');
  });

  it('makes, starts and stops a desk of its own from the address', async () => {
    const asked: string[] = [];
    const real = window.fetch;
    window.fetch = async (input) => {
      asked.push(new URL(input instanceof Request ? input.url : String(input), location.href).pathname);
      return new Response(JSON.stringify({ error: { code: 'not-signed-in', message: 'no', fix: '' } }), {
        status: 401,
        headers: { 'content-type': 'application/json' },
      });
    };
    try {
      const provider = document.createElement('cw-desk');
      provider.url = '/callweave';
      put(provider);
      await provider.updateComplete;
      const { desk } = provider;
      for (let tries = 0; desk?.session.state.get().status !== 'signed-out' && tries < 50; tries++)
        await new Promise((resolve) => setTimeout(resolve, 10));
      expect(desk?.session.state.get().status).to.equal('signed-out');
      expect(asked).to.deep.equal(['/callweave/session']);
      provider.remove();
      expect(provider.desk).to.equal(undefined);
    } finally {
      window.fetch = real;
    }
  });

  it('a widget follows the language of the page, and its own first', async () => {
    const badge = document.createElement('cw-incoming-call');
    badge.desk = ringingDesk();
    put(badge);
    document.documentElement.lang = 'fa';
    await settled(badge);
    await settled(badge);
    expect(textOf(badge)).to.include('رد تماس');
    badge.lang = 'cs';
    badge.requestUpdate();
    await settled(badge);
    expect(textOf(badge)).to.include('Odmítnout');
  });

  it('takes strings that the integrator registers', async () => {
    const badge = document.createElement('cw-incoming-call');
    badge.desk = ringingDesk();
    put(badge);
    await settled(badge);
    registerTranslation('en', {
      essential: { ...en.essential, incomingCall: { ...en.essential.incomingCall, answer: 'Pick up' } },
    });
    await settled(badge);
    expect(textOf(badge)).to.include('Pick up');
    registerTranslation('en', en);
  });
});
