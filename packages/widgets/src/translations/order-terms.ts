import type { InstrumentKind, OrderState, Section, Side, StoreTrouble, Validity } from '@callweave/sdk/protocol';
import type { TermsSection } from './section.ts';

/** Request sheet, order form and list, dealing floor, recording player. */
export interface OrderTerms {
  readonly side: Readonly<Record<Side, string>>;
  readonly section: Readonly<Record<Section, string>>;
  readonly instrumentKind: Readonly<Record<InstrumentKind, string>>;
  readonly state: Readonly<Record<OrderState, string>>;
  readonly validity: Readonly<Record<Validity['kind'], string>>;
  readonly market: string;
  readonly rial: string;
  readonly orderNumber: (number: string) => string;
  readonly instructionKind: Readonly<Record<'new' | 'change' | 'withdraw', string>>;
  readonly columns: Readonly<
    Record<
      | 'number'
      | 'side'
      | 'symbol'
      | 'quantity'
      | 'price'
      | 'validity'
      | 'state'
      | 'filled'
      | 'customer'
      | 'age'
      | 'time'
      | 'actions'
      | 'select',
      string
    >
  >;
  readonly form: {
    readonly newTitle: string;
    readonly editTitle: string;
    readonly changeTitle: (number: string) => string;
    readonly side: string;
    readonly symbol: string;
    readonly symbolHint: string;
    readonly noMatch: string;
    readonly searching: string;
    readonly quantity: string;
    readonly price: string;
    readonly priceKind: string;
    readonly limit: string;
    readonly validity: string;
    readonly until: string;
    readonly save: string;
    readonly saving: string;
    readonly problem: Readonly<Record<'required' | 'whole-number' | 'too-large' | 'past-day', string>> & {
      readonly lot: (lot: string) => string;
    };
    /** Live reading of what is typed, so that a slip of a zero is seen. */
    readonly total: (rial: string) => string;
  };
  readonly sheet: {
    readonly title: string;
    readonly noCall: string;
    readonly noCustomer: string;
    readonly caller: string;
    readonly numbers: string;
    readonly username: string;
    readonly contract: string;
    readonly noContract: string;
    readonly requests: string;
    readonly earlier: string;
    readonly noEarlier: string;
    readonly empty: string;
    readonly add: string;
    readonly edit: string;
    readonly discard: string;
    readonly discardAsk: string;
    readonly change: string;
    readonly withdraw: string;
    readonly keyboardHint: string;
    readonly readBack: (count: number) => string;
    readonly readAgain: string;
    readonly readBackTitle: string;
    readonly readBackHint: string;
    readonly submit: (count: number) => string;
    readonly submitting: string;
    readonly submitted: (count: number) => string;
    readonly needsVerification: string;
    readonly needsRecording: string;
    readonly needsLiveCall: string;
    readonly needsPinChange: string;
    readonly needsReadBack: string;
    readonly customerSays: string;
  };
  readonly list: {
    readonly title: string;
    readonly empty: string;
    readonly filter: string;
    readonly all: string;
    readonly open: string;
    readonly final: string;
    readonly search: string;
    readonly details: string;
    readonly instructions: string;
    readonly listen: string;
    readonly reason: string;
    readonly fills: string;
    readonly replaces: (number: string) => string;
    readonly prove: string;
    readonly proven: string;
    readonly broken: (where: string) => string;
  };
  readonly floor: {
    readonly title: string;
    readonly empty: string;
    readonly waiting: (count: number) => string;
    readonly claim: string;
    readonly release: string;
    readonly accept: string;
    readonly fill: string;
    readonly reject: string;
    readonly return: string;
    readonly fillQuantity: string;
    readonly fillPrice: string;
    readonly fillAll: string;
    readonly reason: string;
    readonly confirm: string;
    readonly claimedBy: (name: string) => string;
    readonly open: (quantity: string) => string;
    readonly announceNew: (symbol: string) => string;
  };
  readonly player: {
    readonly title: string;
    readonly play: string;
    readonly pause: string;
    readonly seek: string;
    readonly speed: string;
    readonly back: string;
    readonly forward: string;
    readonly markers: string;
    readonly noMarkers: string;
    /** Reasons that the adapter writes; others are shown as they are. */
    readonly gapReasons: Readonly<Record<'pin' | 'restart' | 'exchange-lost', string>>;
    readonly gap: (reason: string) => string;
    readonly notReady: string;
    /** Why it cannot be stored yet. */
    readonly waiting: Readonly<Record<StoreTrouble, string>>;
    readonly expired: string;
    readonly failed: string;
    readonly listeningIsLogged: string;
  };
}

export const orderTerms: TermsSection<'orders'> = {
  name: 'orders',
  en: () => import('./en/orders.ts'),
  fa: () => import('./fa/orders.ts'),
  cs: () => import('./cs/orders.ts'),
};
