import { type AdapterOptions, didarCrm, logSms, spotPlayer, zarinpal } from '@callweave/server-adapter';
import { FakeDidar, FakeSpotPlayer, FakeZarinpal } from '@callweave/server-adapter/testing';
import { PUBLIC_NUMBER } from './demo.ts';

export interface House {
  readonly options: Partial<AdapterOptions>;
  close(): Promise<void>;
}

/** The house rules of the demonstration, and what stands in for the services outside: nothing leaves this machine. */
export async function houseRules(siteUrl: string): Promise<House> {
  const [bank, crm, player] = await Promise.all([
    new FakeZarinpal().listen(),
    new FakeDidar().listen(),
    new FakeSpotPlayer().listen(),
  ]);
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
        crm: {
          connector: didarCrm({
            apiKey: crm.apiKey,
            baseUrl: crm.url,
            ownerId: '0a6a2a6e-0000-0000-0000-000000000001',
            pipelineStageId: '0a6a2a6e-0000-0000-0000-000000000002',
            referenceField: 'Field_8783_0_1',
          }),
        },
        courses: { player: spotPlayer({ apiKey: player.apiKey, baseUrl: player.url }) },
        transfers: { acceptUrl: `${siteUrl}/accept#` },
      },
    },
    close: async () => {
      await Promise.all([bank.close(), crm.close(), player.close()]);
    },
  };
}
