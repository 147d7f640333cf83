import { describeWith } from '../../../../packages/server-adapter/src/telephony/testing/component-gate.ts';
import { openStage, type Stage, type StageOptions } from '../stage.ts';
import { openBox } from './telephone-page.ts';
import { openAsterisk } from './trunk.ts';

export type ExchangeName = 'box' | 'asterisk';

/** One telling of a story per exchange: in a box, and a real Asterisk. */
export async function onBothExchanges(
  title: string,
  define: (open: (options?: StageOptions) => Promise<Stage>, exchange: ExchangeName) => void,
): Promise<void> {
  await describeWith(['chromium'], `${title}, on the exchange in a box`, () =>
    define(async (options) => openStage(await openBox(), options), 'box'),
  );
  await describeWith(['chromium', 'asterisk', 'sipp'], `${title}, on Asterisk`, () =>
    define(async (options) => openStage(await openAsterisk(), options), 'asterisk'),
  );
}
