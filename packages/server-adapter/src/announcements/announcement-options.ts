import type { QuietHours } from './quiet-hours.ts';

export interface AnnouncementsOptions {
  /** No message goes out between these times of day, where the house is; `none`: at any time. @default 21:00 to 08:00 */
  readonly quietHours?: QuietHours | 'none';
  /**
   * Whether legal notices go by SMS without consent: they are owed to the buyer, and a buyer who never looks into the
   * portal must hear of them. WhatsApp is always by consent. @default 'always'
   */
  readonly legalSms?: 'always' | 'by-consent';
}
