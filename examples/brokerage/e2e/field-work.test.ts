import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dialPad as words } from '../../../packages/widgets/src/translations/en/dial-pad.ts';
import { DEMO_FIELD } from '../src/demo.ts';
import { listen } from './ear.ts';
import { onBothExchanges } from './outside/exchanges.ts';
import type { Stage } from './stage.ts';
import { until } from './until.ts';

const NEW_NUMBER = '+420234234503';
const DEALER = DEMO_FIELD.numbersToCall[0].number;
const csv = (realNumber: string) =>
  `project;fictitious_number;real_number;name;expires_on\n${DEMO_FIELD.project};${NEW_NUMBER};${realNumber};${DEMO_FIELD.caller.name};2099-12-31\n`;

await onBothExchanges('Field work', (open) => {
  let stage: Stage;
  let manager: Page;
  let field: Page;

  beforeAll(async () => {
    stage = await open();
    manager = (await stage.signIn('manager')).page;
    await manager.goto('/numbers');
    field = (await stage.signIn('field')).page;
  });
  afterAll(() => stage?.close());

  const pad = () => field.locator('cw-dial-pad');
  const inCall = (stageName: string) => pad().locator(`[part=call][data-stage="${stageName}"]`).waitFor();
  const phoneIs = (signalling: 'ready' | 'quiet') =>
    until(`the browser phone is ${signalling}`, () =>
      field.evaluate((wanted) => {
        type Placed = { desk?: import('@callweave/sdk').Desk };
        const phone = (document.querySelector('cw-desk') as unknown as Placed | null)?.desk?.phone.state.get();
        return phone?.registration === 'ok' && (wanted === 'ready' || phone.calls.length === 0);
      }, signalling),
    );

  it('a manager imports a pairing: what is wrong is told by line and column, then it is written', async () => {
    const numbers = manager.locator('cw-number-pairings');
    await numbers.locator('#tab-pairings').click();
    await numbers.locator('[data-action="import"]').click();
    const importing = numbers.locator('cw-number-import');
    await importing.locator('#csv').fill(csv('6011'));
    await importing.locator('[data-action="check"]').click();
    await importing.locator('[data-line="2"]', { hasText: 'real_number' }).waitFor();
    expect(await importing.locator('[data-action="apply"]').count()).toBe(0);

    await importing.locator('#csv').fill(csv(DEMO_FIELD.caller.number));
    await importing.locator('[data-action="check"]').click();
    await importing.locator('[data-action="apply"]').click();
    await importing.locator('[data-action="again"]').waitFor();
    await numbers.locator('.line', { hasText: '+420 234 234 503' }).waitFor();
    const { pairings } = await (await stage.client('manager')).pairings.list({});
    expect(pairings.map(({ fictitiousNumber }) => fictitiousNumber).sort()).toEqual([
      ...DEMO_FIELD.fictitiousNumbers,
      NEW_NUMBER,
    ]);
  });

  it('the field caller calls through it from the page: the other side sees it, and both hear each other', async () => {
    await phoneIs('ready');
    const dealer = await stage.telephone(DEALER);
    const option = pad().locator('#through option', { hasText: '+420 234 234 503' });
    await option.waitFor({ state: 'attached' });
    await pad()
      .locator('#through')
      .selectOption((await option.getAttribute('value')) ?? '');

    await pad().locator('#number').fill('158');
    await pad().locator('[data-action="call"]').click();
    await pad().locator('#refusal', { hasText: 'rescue services' }).waitFor();

    await pad().locator('#number').fill(DEALER.slice('+420'.length));
    expect(await pad().locator('#number').inputValue()).toBe('222 333 444');
    await pad().locator('[data-action="call"]').click();
    const call = await dealer.rings();
    expect(call.from).toBe(NEW_NUMBER);
    await inCall('dialling');
    await call.answer();
    await inCall('answered');
    await call.hears('sound');
    await until('the field caller hears the dealer', async () => (await listen(field)) === 'sound');
    await pad().locator('[data-action="hang-up"]').click();
    await call.over();
    await inCall('ended');
    await dealer.close();
  });

  it('what the other side misses is said, and called again with one press', async () => {
    await phoneIs('quiet');
    await pad().locator('[data-action="dismiss"]').click();
    const dealer = await stage.telephone(DEALER);
    await pad().locator('[data-action="redial"]').click();
    const call = await dealer.rings();
    expect(call.from).toBe(NEW_NUMBER);
    await inCall('dialling');
    await pad().locator('[data-action="hang-up"]').click();
    await inCall('ended');
    await pad().locator('[part=call]', { hasText: words.outcomes.abandoned }).waitFor();
    await dealer.close();
  });

  it('left no page complaining', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
