import { type AdapterOptions, logSms } from '@callweave/server-adapter';
import { PUBLIC_NUMBER } from './demo.ts';

export interface House {
  readonly options: Partial<AdapterOptions>;
  close(): Promise<void>;
}

/** The house rules of the demonstration, and what stands in for the services outside. */
export async function houseRules(): Promise<House> {
  return {
    options: {
      publicNumbers: [PUBLIC_NUMBER],
      // Nothing leaves this machine: texts are lines on the console.
      sms: { driver: logSms({ withText: true }) },
    },
    close: async () => {},
  };
}
