import { ExchangeError, type FaxName, type LegId, type ReceiveFaxOptions } from '../exchange.ts';
import { type AriEvent, timeOf } from './ari-messages.ts';
import { type ExchangeContext, legGone } from './exchange-context.ts';
import { faxContext, faxEvent } from './fax-dialplan.ts';
import { type Leg, trunkVariable } from './legs.ts';

type UserEvent = Extract<AriEvent, { type: 'ChannelUserevent' }>;

const prefix = 'cw-fax-';
const unknown = { 403: 'unknown-fax', 404: 'unknown-fax' } as const;

/** Faxes: the dialplan's ReceiveFAX does the work, and tells the outcome as a user event from the `h` extension. */
export class Faxes {
  readonly #context: ExchangeContext;
  readonly #receiving = new Map<LegId, FaxName>();

  constructor(context: ExchangeContext) {
    this.#context = context;
  }

  async receive(leg: Leg, { fax, stationId = '' }: ReceiveFaxOptions): Promise<void> {
    checkName(fax);
    if (!leg.entered || leg.origin === 'ring')
      throw new ExchangeError('invalid', `Leg "${leg.id}" is not a call that came in: it cannot bring a fax.`);
    const already = this.#receiving.get(leg.id);
    if (already === fax) return;
    if (already !== undefined)
      throw new ExchangeError('invalid', `Leg "${leg.id}" is receiving the fax "${already}" already.`);
    this.#receiving.set(leg.id, fax);
    try {
      // With the channel, so that an adapter that comes back knows the leg although it has left our application.
      await this.#set(leg.id, 'CALLWEAVE_LEG', trunkVariable(leg));
      await this.#set(leg.id, 'CALLWEAVE_FAX', fax);
      await this.#set(leg.id, 'FAXOPT(localstationid)', stationId.replace(/[^0-9+ ]/g, '').slice(0, 20));
      await this.#context.ari.request('POST', ['channels', leg.id, 'continue'], {
        query: { context: faxContext, extension: 'receive', priority: 1 },
        errors: legGone,
      });
    } catch (error) {
      this.#receiving.delete(leg.id);
      throw error;
    }
  }

  async fetch(fax: FaxName): Promise<Uint8Array> {
    checkName(fax);
    const response = await this.#context.ari.request('GET', ['recordings', 'stored', prefix + fax, 'file'], {
      errors: unknown,
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    // The file is begun before the first page is there.
    if (bytes.length <= 8) throw new ExchangeError('unknown-fax', `No page of the fax "${fax}" came.`);
    return bytes;
  }

  async delete(fax: FaxName): Promise<void> {
    checkName(fax);
    await this.#context.ari.request('DELETE', ['recordings', 'stored', prefix + fax], { accept: [404] });
  }

  handle(event: UserEvent): void {
    if (event.eventname !== faxEvent) return;
    const { fax = '', status = '', pages = '', mode = '', station = '', error = '' } = event.userevent;
    const leg = event.channel.id;
    if (fax === '') return;
    this.#receiving.delete(leg);
    const common = { fax, leg, pages: count(pages), stationId: station.trim(), at: timeOf(event.timestamp) };
    if (status === 'SUCCESS')
      this.#context.emit({ type: 'fax-finished', ...common, over: mode === 'T38' ? 't38' : 'audio' });
    else this.#context.emit({ type: 'fax-failed', ...common, reason: error.trim() || 'the sender broke off' });
  }

  /** A leg that ended while it was receiving, and nothing was told of the fax (Asterisk itself ended, for example). */
  legEnded(leg: LegId, at: Date): void {
    const fax = this.#receiving.get(leg);
    if (fax === undefined) return;
    this.#receiving.delete(leg);
    const reason = 'the call ended before the fax began, or the exchange restarted';
    this.#context.emit({ type: 'fax-failed', fax, leg, pages: 0, stationId: '', reason, at });
  }

  async #set(leg: LegId, variable: string, value: string): Promise<void> {
    await this.#context.ari.request('POST', ['channels', leg, 'variable'], {
      query: { variable, value },
      errors: legGone,
    });
  }
}

function count(text: string): number {
  const pages = Number.parseInt(text, 10);
  return Number.isFinite(pages) && pages > 0 ? pages : 0;
}

/** The name becomes a file name below Asterisk's spool, and is written into the dialplan's variables. */
function checkName(fax: FaxName): void {
  if (!/^(?!\.+$)[A-Za-z0-9._-]{1,100}$/.test(fax))
    throw new ExchangeError('invalid', `"${fax}" cannot name a fax. Use 1 to 100 of the characters A-Z a-z 0-9 . _ -`);
}
