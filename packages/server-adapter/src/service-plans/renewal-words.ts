import type { Device, Locale, RenewalYears } from '@callweave/sdk/protocol';

const WORDS: Readonly<Record<Locale, (device: string, years: RenewalYears) => string>> = {
  en: (device, years) => `Service of ${device} for ${years === 1 ? 'one year' : `${years} years`}`,
  fa: (device, years) => `خدمات ${device} برای ${['یک', 'دو', 'سه'][years - 1]} سال`,
  cs: (device, years) => `Servis ${device} na ${years === 1 ? 'jeden rok' : `${years} roky`}`,
};

/** What is paid for, as the gateway and the receipt show it. */
export function renewalWords(locale: Locale, device: Device, years: RenewalYears): string {
  const identity = device.serial ?? device.dongle ?? device.userId;
  const name = `${device.brand} ${device.model}${identity === null ? '' : ` (${identity})`}`;
  return WORDS[locale](name, years);
}
