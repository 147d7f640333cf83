import type { BrowserContext, Page } from 'playwright-core';

interface Ears {
  readonly connections: RTCPeerConnection[];
}

/** Lets a test know what a page hears, from its WebRTC statistics. Added before the page's own scripts. */
export async function addEar(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const connections: RTCPeerConnection[] = [];
    const Original = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        connections.push(this);
      }
    };
    Object.assign(window, { testEars: { connections } satisfies Ears });
  });
}

/** Below this a telephone is silent: the noise of µ-law stays under it. */
const SILENCE = 0.003;

/** Root mean square, 0 to 1, of what the page receives during a quarter of a second; 0 when nothing arrives. */
async function levelAt(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { testEars } = window as unknown as { testEars: Ears };
    const total = async () => {
      let energy = 0;
      let duration = 0;
      for (const connection of testEars.connections) {
        if (connection.connectionState === 'closed') continue;
        for (const report of (await connection.getStats()).values()) {
          if (report.type !== 'inbound-rtp') continue;
          energy += report.totalAudioEnergy ?? 0;
          duration += report.totalSamplesDuration ?? 0;
        }
      }
      return { energy, duration };
    };
    const before = await total();
    await new Promise((resolve) => setTimeout(resolve, 250));
    const after = await total();
    const duration = after.duration - before.duration;
    return duration > 0 ? Math.sqrt(Math.max(0, after.energy - before.energy) / duration) : 0;
  });
}

/** What the page hears for a quarter of a second. */
export const listen = async (page: Page) => ((await levelAt(page)) > SILENCE ? 'sound' : 'silence');

/** Whether every digit that was keyed on this page has been sent as a tone. */
export const hasKeyed = (page: Page): Promise<boolean> =>
  page.evaluate(() =>
    (window as unknown as { testEars: Ears }).testEars.connections.every((connection) =>
      connection.getSenders().every(({ dtmf }) => !dtmf?.toneBuffer),
    ),
  );
