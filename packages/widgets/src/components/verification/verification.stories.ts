import '../../define/verification.ts';
import type { Call, Verification } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import {
  answeredCall,
  asking,
  customer,
  passed,
  reza,
  sara,
  sharedNumberCall,
  unknownCall,
} from '../../testing/fixtures.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwVerification } from './verification.ts';

const meta: Meta<CwVerification> = { title: 'Verification', component: 'cw-verification' };
export default meta;

type Story = StoryObj<CwVerification>;

const onCall = (call: () => Call | undefined): Story => ({
  render: () =>
    onDesk(
      (desk) => {
        desk.values.current.set(call());
        desk.answer('customers.find', () => [sara, reza]);
        desk.answer('customers.get', () => customer);
      },
      (desk) => html`<cw-verification .desk=${desk}></cw-verification>`,
    ),
});
const state = (verification: () => Partial<Verification>, call: Partial<Call> = {}) =>
  onCall(() => answeredCall({ ...call, verification: { ...asking(), ...verification() } }));

export const NoCall = onCall(() => undefined);
export const SeveralCandidates = onCall(() =>
  answeredCall({
    ...sharedNumberCall(),
    state: 'answered',
    verification: { ...asking(), state: 'none', questions: [] },
  }),
);
export const UnknownNumber = onCall(() =>
  answeredCall({ ...unknownCall(), state: 'answered', verification: { ...asking(), state: 'none', questions: [] } }),
);
export const NotStarted = state(() => ({ state: 'none', questions: [] }));
export const NotStartedUndeclared = state(() => ({ state: 'none', questions: [] }), { numberDeclared: false });
export const Asking = state(() => ({}));
export const OneRightOneWrong = state(() => {
  const [first, second, third] = asking().questions;
  return { questions: [{ ...first!, result: 'right' }, { ...second!, result: 'wrong' }, third!], attemptsLeft: 1 };
});
export const PinRequired = state(() => ({ questions: [], pin: 'required' }));
export const PinCollecting = state(() => ({ questions: [], pin: 'collecting' }));
export const PinWrong = state(() => ({ questions: [], pin: 'wrong', attemptsLeft: 2 }));
export const PassedChangePin = state(() => ({ ...passed(), pin: 'change-required' }));
export const PassedChangingPin = state(() => ({ ...passed(), pin: 'changing' }));
export const Passed = state(() => ({ ...passed(), pin: 'changed' }));
export const SoonOver = state(() => ({ ...passed(), expiresAt: new Date(Date.now() + 65_000).toISOString() }));
export const Failed = state(() => ({ state: 'failed', reason: 'wrong-answers', attemptsLeft: 0 }));
export const Locked = state(() => ({ state: 'locked', reason: 'locked', attemptsLeft: 0 }));
export const Expired = state(() => ({ state: 'expired', reason: 'long-hold' }));
