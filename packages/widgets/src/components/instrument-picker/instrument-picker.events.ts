import type { Instrument } from '@callweave/sdk/protocol';

/** An instrument of the catalogue was chosen, or the choice was taken back. */
export class CwInstrumentEvent extends Event {
  readonly instrument: Instrument | undefined;

  constructor(instrument: Instrument | undefined) {
    super('cw-instrument', { bubbles: true, composed: true });
    this.instrument = instrument;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-instrument': CwInstrumentEvent;
  }
}
