import { VirtualTime } from '../../packages/server-adapter/src/telephony/testing/simulated/virtual-time.ts';

/** The simulated exchange on the machine's clock, its prompts cut short: calls are set up quickly, then go on. */
export class RealTime extends VirtualTime {
  override now(): Date {
    return new Date();
  }

  override after(ms: number, run: () => void): () => void {
    const timer = setTimeout(run, ms / 50);
    return () => clearTimeout(timer);
  }
}
