// docs/images/desk.png: the example during a live call, as an agent sees it. The caller is verified, three requests are
// noted, one of them is read back. Everything is real: the exchange in a box, two browsers, a customer who keys a PIN.
//
//   node scripts/bootstrap.mjs scripts/screenshot.ts [file]
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openBox } from '../examples/brokerage/e2e/outside/telephone-page.ts';
import { AgentDesk, type Request } from '../examples/brokerage/e2e/pages/agent-desk.ts';
import { openStage } from '../examples/brokerage/e2e/stage.ts';
import { ensureBundle } from './build/bundle.ts';
import { root } from './stages/stage.ts';

const file = process.argv[2] ?? join(root, 'docs/images/desk.png');
const CALLER = '+989121234567';

const REQUESTS: readonly Request[] = [
  { side: 'buy', typed: 'فولاد', symbol: 'فولاد', quantity: '10,000', price: '5210' },
  { side: 'sell', typed: 'فملی', symbol: 'فملی', quantity: '2,500' },
  { side: 'buy', typed: 'زعفران', symbol: 'زعفران', quantity: '300', price: '128000' },
];

await ensureBundle();
const stage = await openStage(await openBox(), { empty: true });
try {
  const { page } = await stage.signIn('agent', 'en');
  const agent = new AgentDesk(page);
  await agent.ready();
  // Motion is for people: a picture must not depend on the moment it is taken.
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });

  const customer = await stage.ring(CALLER);
  await agent.rings('سارا احمدی');
  await agent.answer();
  await agent.recordingIs('recording');
  await agent.verify();
  await agent.changePin(customer, '7391');
  for (const request of REQUESTS) await agent.noteRequest(request);

  // One request is read back while the others wait.
  const boxes = agent.sheet.locator('tr[data-order] input[type="checkbox"]');
  for (const row of [1, 2]) await boxes.nth(row).uncheck();
  await agent.readBack(customer);
  await page.evaluate(() => document.fonts.ready);
  await page.mouse.move(0, 0);

  mkdirSync(dirname(file), { recursive: true });
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  await customer.hangup();
} finally {
  await stage.close();
}
const complaints = stage.complaints();
if (complaints.length > 0) throw new Error(`The pages complained:\n${complaints.join('\n')}`);
console.log(`${file}: ${Math.round(statSync(file).size / 1024)} kB`);
