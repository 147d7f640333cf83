import { beforeEach } from 'vitest';
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
    define(
      showingFailures(async (options) => openStage(await openBox(), options)),
      'box',
    ),
  );
  await describeWith(['chromium', 'asterisk', 'sipp'], `${title}, on Asterisk`, () =>
    define(
      showingFailures(async (options) => openStage(await openAsterisk(), options)),
      'asterisk',
    ),
  );
}

type Open = (options?: StageOptions) => Promise<Stage>;

/** What the portal said is the half of a failure that the page does not show. */
function showingFailures(open: Open): Open {
  let stage: Stage | undefined;
  beforeEach(({ onTestFailed, task }) => {
    onTestFailed(() => console.error(`${task.name}: the portal said\n${stage?.portal().output()}`));
  });
  return async (options) => {
    stage = await open(options);
    return stage;
  };
}
