import type { InstrumentKind, OrderState, Section, Side, Validity } from '@callweave/sdk/protocol';

/** Request sheet, order form and list, dealing floor, recording player. */
export interface OrderTerms {
  readonly side: Readonly<Record<Side, string>>;
  readonly section: Readonly<Record<Section, string>>;
  readonly instrumentKind: Readonly<Record<InstrumentKind, string>>;
  readonly state: Readonly<Record<OrderState, string>>;
  readonly validity: Readonly<Record<Validity['kind'], string>>;
}
