import type { CustomerKind, ResponderOrder, RoutingReason } from '@callweave/sdk/protocol';
import { essential } from './en/essential.ts';
import type { TermsSection } from './section.ts';

/** What the badge needs, and the few words that every widget uses. */
export interface EssentialTerms {
  readonly customerKind: Readonly<Record<CustomerKind, string>>;
  readonly responderOrder: Readonly<Record<ResponderOrder, string>>;
  /** Why the call went on from a responder, said of that person: “Mina: busy”. */
  readonly routingReason: Readonly<Record<RoutingReason, string>>;
  readonly unknownCaller: string;
  readonly withheldNumber: string;
  readonly declared: string;
  readonly undeclared: string;
  readonly cancel: string;
  readonly close: string;
  readonly retry: string;
  /** When no translation of a problem is at hand. */
  readonly somethingFailed: string;
  /** For the developer who placed the element. */
  readonly noDesk: (tag: string) => string;
  readonly incomingCall: {
    readonly label: string;
    readonly announce: (who: string) => string;
    readonly candidates: (count: number) => string;
    readonly answer: string;
    readonly answering: string;
    readonly decline: string;
    readonly declineTip: string;
    readonly openSheet: string;
    readonly ringingFor: string;
    readonly more: (count: number) => string;
    readonly atYourTelephone: string;
    readonly needsActivation: string;
    readonly answerFailed: string;
    readonly declineFailed: string;
    readonly microphoneFailed: string;
  };
}

export const essentialTerms: TermsSection<'essential'> = {
  name: 'essential',
  en: async () => ({ essential }),
  fa: () => import('./fa/essential.ts'),
  cs: () => import('./cs/essential.ts'),
};
