import { join } from 'node:path';
import type { Exchange } from '@callweave/server-adapter';
import { createAsteriskExchange } from '@callweave/server-adapter/asterisk';
import { createEmbeddedExchange, type EmbeddedExchange } from '@callweave/server-adapter/embedded';

export interface ChosenExchange {
  readonly exchange: Exchange;
  /** Present when the exchange runs in this process: it gives lines to the customer's telephone. */
  readonly box: EmbeddedExchange | undefined;
}

/** The exchange in a box, unless `ASTERISK` describes a real one (the options of its driver, as JSON). */
export function chooseExchange(folder: string, secret: string): ChosenExchange {
  const asterisk = process.env['ASTERISK'];
  if (asterisk) return { exchange: createAsteriskExchange(JSON.parse(asterisk)), box: undefined };
  const box = createEmbeddedExchange({ recordingsDir: join(folder, 'exchange'), credentialSecret: secret });
  return { exchange: box, box };
}
