import '../../define/sign-in.ts';
import { CallweaveError } from '@callweave/sdk';
import { expect } from 'chai';
import { createFakeDesk } from '../../testing/fake-desk.ts';
import { mina, session } from '../../testing/fixtures.ts';
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
import type { CwSignIn } from './sign-in.ts';

describe('cw-sign-in', () => {
  let desk: ReturnType<typeof createFakeDesk>;
  beforeEach(() => {
    desk = createFakeDesk();
    desk.values.session.set({ status: 'signed-out' });
  });
  afterEach(unmountAll);

  const submit = async (widget: CwSignIn, username: string, password: string) => {
    inside<HTMLInputElement>(widget, '#username').value = username;
    inside<HTMLInputElement>(widget, '#password').value = password;
    inside<HTMLFormElement>(widget, 'form').requestSubmit();
    await settled(widget);
  };

  it('signs in and tells the page', async () => {
    desk.answer('session.signIn', () => session(mina));
    const widget = await mount('cw-sign-in', desk);
    let told = '';
    widget.addEventListener('cw-sign-in', (event) => (told = event.session.account.name));
    await submit(widget, ' mina ', ' pass word ');
    expect(desk.given('session.signIn')).to.deep.equal([[{ username: 'mina', password: ' pass word ' }]]);
    expect(told).to.equal(mina.name);
  });

  it('asks for both before it sends', async () => {
    const widget = await mount('cw-sign-in', desk);
    await submit(widget, 'mina', '');
    expect(desk.given('session.signIn')).to.have.length(0);
    expect(textOf(widget)).to.include('Write username and password.');
    expect(widget.shadowRoot?.activeElement?.id).to.equal('password');
  });

  it('keeps the username and selects the password when it was wrong', async () => {
    desk.fail('session.signIn', 'wrong-credentials');
    const widget = await mount('cw-sign-in', desk);
    await submit(widget, 'mina', 'wrong');
    expect(textOf(widget)).to.include('Username or password is wrong.');
    expect(inside<HTMLInputElement>(widget, '#username').value).to.equal('mina');
    expect(widget.shadowRoot?.activeElement?.id).to.equal('password');
  });

  it('counts down a lock, and lets nobody try meanwhile', async () => {
    desk.fail('session.signIn', 'account-locked', { retryAfterSeconds: 2 });
    const widget = await mount('cw-sign-in', desk);
    await submit(widget, 'mina', 'wrong');
    expect(textOf(widget)).to.match(/Locked after too many tries\. Try again in 0:0[12]/);
    expect(button(widget, 'Sign in').disabled).to.equal(true);
    await new Promise((resolve) => setTimeout(resolve, 3100));
    await settled(widget);
    expect(button(widget, 'Sign in').disabled).to.equal(false);
  });

  it('shows who is signed in, and signs out only where it signs in', async () => {
    desk.values.session.set({ status: 'signed-in', session: session(mina) });
    const widget = await mount('cw-sign-in', desk);
    expect(textOf(widget)).to.include(mina.name).and.include('Agent');
    button(widget, 'Sign out').click();
    await settled(widget);
    expect(desk.given('session.signOut')).to.have.length(1);
    desk.values.session.set({ status: 'signed-in', session: session(mina, false) });
    await settled(widget);
    expect(() => button(widget, 'Sign out')).to.throw('No button');
  });

  it('asks who comes with a one-time password for their own, twice the same, before the page hears of anybody', async () => {
    const first = { ...session(mina), mustSetPassword: true };
    desk.answer('session.signIn', () => {
      desk.values.session.set({ status: 'signed-in', session: first });
      return first;
    });
    desk.answer('session.setPassword', () => session(mina));
    const widget = await mount('cw-sign-in', desk);
    const told: string[] = [];
    widget.addEventListener('cw-sign-in', (event) => told.push(event.session.account.name));
    await submit(widget, 'mina', 'abcd-efgh-jkmn-pqrs');
    expect(told).to.deep.equal([]);
    const set = async (password: string, repeated: string) => {
      inside<HTMLInputElement>(widget, '#new-password').value = password;
      inside<HTMLInputElement>(widget, '#repeat-password').value = repeated;
      inside<HTMLFormElement>(widget, 'form').requestSubmit();
      await settled(widget);
    };
    await set('short', 'short');
    expect(textOf(widget)).to.include('Use at least 10 characters.');
    await set('long enough now', 'long enough but other');
    expect(textOf(widget)).to.include('The two are not the same.');
    expect(desk.given('session.setPassword')).to.have.length(0);
    await expectAccessibleEverywhere(widget);
    await set('long enough now', 'long enough now');
    expect(desk.given('session.setPassword')).to.deep.equal([['long enough now']]);
    expect(told).to.deep.equal([mina.name]);
  });

  it('says when the server was not reached', async () => {
    desk.values.session.set({ status: 'failed', error: new CallweaveError('network', '') });
    expect(textOf(await mount('cw-sign-in', desk))).to.include('The desk cannot reach the server.');
  });

  it('is accessible, unharmed by page CSS, and without inline styles', async () => {
    desk.fail('session.signIn', 'wrong-credentials');
    const widget = await mount('cw-sign-in', desk, {}, { width: 480 });
    await submit(widget, 'mina', 'wrong');
    await expectAccessibleEverywhere(widget);
    expectNoInlineStyles(widget);
    await expectUnharmedByPageCss(widget);
  });
});
