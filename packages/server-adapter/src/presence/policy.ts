import type { NotReadyReason } from '@callweave/sdk/protocol';

/** The house rules of who takes calls when. */
export interface PresencePolicy {
  /** What an agent may give as the reason for not being ready. */
  readonly reasons: readonly NotReadyReason[];
  /** By how much an agent may extend a wrap-up, once per call; 0: not at all. */
  readonly wrapUpExtensionSeconds: number;
}

export const DEFAULT_PRESENCE_POLICY: PresencePolicy = {
  reasons: [
    { id: 'break', names: { en: 'Break', fa: 'استراحت', cs: 'Přestávka' } },
    { id: 'lunch', names: { en: 'Lunch', fa: 'ناهار', cs: 'Oběd' } },
    { id: 'training', names: { en: 'Training', fa: 'آموزش', cs: 'Školení' } },
    { id: 'meeting', names: { en: 'Meeting', fa: 'جلسه', cs: 'Porada' } },
    { id: 'back-office', names: { en: 'Paperwork', fa: 'کار اداری', cs: 'Administrativa' } },
  ],
  wrapUpExtensionSeconds: 60,
};
