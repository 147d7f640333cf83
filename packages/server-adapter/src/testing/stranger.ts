import { endpoints } from '@callweave/sdk/protocol';
import { ORIGIN, PASSWORD, type TestDesk } from './desk.ts';

const TERMS = {
  side: 'buy',
  instrumentCode: 'IRO1FOLD0001',
  quantity: 1,
  price: { kind: 'market' },
  validity: { kind: 'day' },
};

/** Fields of every body at once: what an operation does not know it ignores, and none is refused for its form. */
const bodyOf = ({ callId, instructionId }: Belongings) => ({
  callId,
  instructionIds: [instructionId],
  terms: TERMS,
  customerId: 'nobody',
  questionId: 'any',
  answer: 'any',
  held: true,
  disposition: 'information',
  mode: 'blind',
  target: { kind: 'group' },
  reason: 'other',
  tags: ['mine'],
  note: 'let me in',
});

export interface Belongings {
  readonly callId: string;
  readonly orderId: string;
  readonly recordingId: string;
  readonly instructionId: string;
  /** What must not stand in any answer. */
  readonly secrets: readonly string[];
}

/**
 * Another agent, with the same role and in the same house, asks for everything that has an id of somebody's call, order
 * or recording, and for every list. Gives back what they got and should not have; and how many operations were tried.
 */
export async function askAsStranger(desk: TestDesk, theirs: Belongings): Promise<{ tried: number; leaks: string[] }> {
  const manager = await desk.as('manager');
  const username = `stranger${Math.random().toString(36).slice(2, 8)}`;
  await manager('POST', '/accounts', { username, password: PASSWORD, name: 'Stranger', roles: ['agent'] });
  const signedIn = await desk.anyone('POST', '/session', { username, password: PASSWORD });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  if (signedIn.status !== 200) throw new Error(`The stranger could not sign in: ${signedIn.text}`);

  const leaks: string[] = [];
  let tried = 0;
  for (const { name, endpoint } of endpoints()) {
    const { method, path, access } = endpoint;
    const ofSomebody = /\{(callId|orderId|recordingId)\}/.test(path);
    const list =
      method === 'GET' &&
      [
        'calls.list',
        'orders.list',
        'callHistory.search',
        'callHistory.count',
        'missedCalls.list',
        'voicemail.list',
      ].includes(name);
    if (typeof access === 'string' || !access.includes('agent') || !(ofSomebody || list || name === 'orders.draft'))
      continue;
    const answer = await desk.anyone(
      method,
      path.replaceAll(/\{(\w+)\}/g, (_all, key: string) => String(theirs[key as keyof Belongings] ?? 'any')),
      method === 'GET' || method === 'DELETE' ? undefined : bodyOf(theirs),
      { cookie, origin: ORIGIN },
    );
    tried += 1;
    if (answer.code === 'invalid-input') leaks.push(`${name} was not tried: ${answer.text}`);
    if (!list && answer.status < 400) leaks.push(`${name}: ${answer.status}`);
    if (answer.status >= 500) leaks.push(`${name}: ${answer.status} ${answer.text}`);
    for (const secret of theirs.secrets) if (answer.text.includes(secret)) leaks.push(`${name} tells ${secret}`);
  }
  return { tried, leaks };
}
