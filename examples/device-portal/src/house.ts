import { type AdapterOptions, logSms, zarinpal } from '@callweave/server-adapter';
import { FakeZarinpal } from '@callweave/server-adapter/testing';
import { PUBLIC_NUMBER } from './demo.ts';

export interface House {
  readonly options: Partial<AdapterOptions>;
  close(): Promise<void>;
}

/** The house rules of the demonstration, and what stands in for the services outside: nothing leaves this machine. */
export async function houseRules(siteUrl: string): Promise<House> {
  const bank = await new FakeZarinpal().listen();
  return {
    options: {
      publicNumbers: [PUBLIC_NUMBER],
      // Texts are lines on the console.
      sms: { driver: logSms({ withText: true }) },
      devicePortal: {
        payments: {
          gateways: [zarinpal({ merchantId: bank.merchantId, baseUrl: bank.url })],
          publicUrl: `${siteUrl}/callweave`,
        },
      },
    },
    close: () => bank.close(),
  };
}
