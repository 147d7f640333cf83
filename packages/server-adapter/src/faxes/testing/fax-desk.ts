import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fax } from '@callweave/sdk/protocol';
import { fileRecordings } from '../../connectors/recordings/file-recordings.ts';
import type { RecordingStore } from '../../connectors/recordings/recording-store.ts';
import { createWebhookSigner } from '../../connectors/webhook-signature.ts';
import type { Store } from '../../store/store.ts';
import { SimulatedExchange, type SimulatedFaults } from '../../telephony/testing/simulated/simulated-exchange.ts';
import { VirtualTime } from '../../telephony/testing/simulated/virtual-time.ts';
import { createTestDesk, ORIGIN, type TestDesk } from '../../testing/desk.ts';
import type { FaxOptions } from '../create-faxes.ts';

export const FAX_NUMBER = '+982181021399';
export const SENDER = '+982122334455';
export const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

export interface FaxDesk extends TestDesk {
  readonly exchange: SimulatedExchange;
  /** The folder of files: may be made to fail. */
  readonly files: RecordingStore & { fail: Error | undefined; puts: number };
  /** A machine calls the fax number, and is answered. */
  callIn(from?: string): Promise<string>;
  /** The faxes as an agent sees them. */
  faxes(query?: string): Promise<Fax[]>;
  /** Hands a fax in as a provider does. */
  handIn(id: string, body: Uint8Array | FormData, more?: Partial<HandIn>): Promise<{ status: number; faxId?: string }>;
  waitFor(match: (fax: Fax) => boolean): Promise<Fax>;
  customer(numbers: readonly string[], name?: string): Promise<string>;
  readonly folder: string;
}

interface HandIn {
  readonly query: string;
  readonly secret: string;
  readonly at: Date;
  /** Sent in the place of the body that was signed. */
  readonly tampered: Uint8Array;
}

/** A whole desk with a fax number, spoken to over HTTP, whose exchange is the simulated one. */
export async function createFaxDesk(
  store: Store,
  options: { readonly fax?: FaxOptions; readonly faults?: SimulatedFaults; readonly folder?: string } = {},
  exchange = new SimulatedExchange(new VirtualTime(), options.faults),
): Promise<FaxDesk> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'callweave-fax-'));
  const inFolder = fileRecordings(folder);
  const files = {
    ...inFolder,
    fail: undefined as Error | undefined,
    puts: 0,
    async put(...args: Parameters<RecordingStore['put']>) {
      files.puts += 1;
      if (files.fail !== undefined) throw files.fail;
      await inFolder.put(...args);
    },
  };
  const desk = await createTestDesk(store, {
    exchange,
    recordings: files,
    fax: options.fax ?? { numbers: [FAX_NUMBER], inboundSecret: SECRET },
  });
  const agent = await desk.as('agent');
  const faxes = async (query = '') => (await agent('GET', `/faxes${query}`)).body.faxes as Fax[];
  let usernames = 10_000;
  return {
    ...desk,
    exchange,
    files,
    folder,
    faxes,
    async callIn(from = SENDER) {
      const leg = exchange.dial(from, FAX_NUMBER);
      await until(() => exchange.faxing.has(leg));
      return leg;
    },
    async waitFor(match) {
      let found: Fax | undefined;
      await until(async () => {
        found = (await faxes()).find(match);
        return found !== undefined;
      });
      return found as Fax;
    },
    async customer(numbers, name = 'Sara Ahmadi') {
      usernames += 1;
      const answer = await (await desk.as('manager'))('POST', '/customers', {
        name,
        kind: 'securities',
        numbers,
        responders: [],
        locale: 'en',
        contractSignedOn: null,
        username: String(usernames),
        nationalCode: nationalCode(usernames),
        questions: [],
      });
      if (answer.status !== 200) throw new Error(answer.text);
      return (answer.body.customer?.id ?? answer.body.id) as string;
    },
    async handIn(id, body, { query = '', secret = SECRET, at = new Date(), tampered } = {}) {
      const packed = new Response(body as FormData | Uint8Array<ArrayBuffer>, {
        ...(body instanceof FormData ? {} : { headers: { 'content-type': 'image/tiff' } }),
      });
      const type = packed.headers.get('content-type') ?? '';
      const bytes = new Uint8Array(await packed.arrayBuffer());
      const response = await desk.adapter.fetch(
        new Request(`${ORIGIN}${desk.adapter.basePath}/faxes/inbound${query}`, {
          method: 'POST',
          headers: { 'content-type': type, ...createWebhookSigner(secret).sign(id, at, bytes) },
          body: (tampered ?? bytes) as Uint8Array<ArrayBuffer>,
        }),
      );
      const answer = (await response.json()) as { faxId?: string };
      return { status: response.status, ...(answer.faxId === undefined ? {} : { faxId: answer.faxId }) };
    },
    async stop() {
      await desk.stop();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A valid one for each number. */
function nationalCode(number: number): string {
  const digits = String(number).padStart(9, '1');
  const rest = [...digits].reduce((sum, digit, index) => sum + Number(digit) * (10 - index), 0) % 11;
  return `${digits}${rest < 2 ? rest : 11 - rest}`;
}

/** Waits for what happens between the exchange and the store. */
export async function until(condition: () => boolean | Promise<boolean>, patienceMs = 20_000): Promise<void> {
  for (const deadline = Date.now() + patienceMs; !(await condition()); ) {
    if (Date.now() > deadline) throw new Error('It did not happen in time.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
