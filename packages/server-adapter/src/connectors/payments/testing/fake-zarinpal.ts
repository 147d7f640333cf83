import { FakeGateway } from './fake-gateway.ts';

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  request: ['merchant_id', 'amount', 'currency', 'description', 'callback_url', 'metadata'],
  verify: ['merchant_id', 'amount', 'authority'],
  inquiry: ['merchant_id', 'authority'],
  reverse: ['merchant_id', 'authority'],
  unVerified: ['merchant_id'],
};

/** ZarinPal v4 by its documents: codes, and `data` and `errors` that flip between `[]` and an object. */
export class FakeZarinpal extends FakeGateway {
  readonly merchantId = '11111111-2222-3333-4444-555555555555';
  /** Answers every `reverse` with this code. */
  refuseReverse: number | undefined;
  protected override pagePath = /^\/pg\/StartPay\/([AS]\w{35})$/;
  #count = 0;

  protected override methodOf(path: string): string | undefined {
    return /^\/pg\/v4\/payment\/(\w+)\.json$/.exec(path)?.[1];
  }

  override backTo(authority: string, paid: boolean): string {
    const url = new URL(this.transactions.get(authority)?.callbackUrl ?? '');
    url.searchParams.set('Authority', authority);
    url.searchParams.set('Status', paid ? 'OK' : 'NOK');
    return url.href;
  }

  protected override respond(method: string, body: Record<string, unknown>): unknown {
    const odd = Object.keys(body).find((name) => FIELDS[method]?.includes(name) !== true);
    if (odd !== undefined) return this.#error(-9, `${method} has no ${odd}`);
    if (body['merchant_id'] !== this.merchantId) return error(-10);
    const known = this.transactions.get(String(body['authority']));
    switch (method) {
      case 'request':
        return this.#request(body);
      case 'unVerified': {
        const paid = [...this.transactions.values()].filter(({ state }) => state === 'paid');
        return good(100, { authorities: paid.map(({ authority, amount }) => ({ authority, amount })) });
      }
      case 'verify':
        if (known === undefined) return error(-54);
        if (known.state !== 'paid' && known.state !== 'verified') return error(-51);
        if (known.amount !== body['amount']) return error(-50);
        return this.#verified(known);
      case 'inquiry':
        return known === undefined
          ? error(-54)
          : good(100, {
              status: {
                waiting: 'IN_BANK',
                paid: 'PAID',
                verified: 'VERIFIED',
                failed: 'FAILED',
                reversed: 'REVERSED',
              }[known.state],
            });
      default:
        if (known?.state !== 'verified' || this.refuseReverse !== undefined) return error(this.refuseReverse ?? -61);
        known.state = 'reversed';
        return good(100, {});
    }
  }

  #request({ amount, currency, description, callback_url }: Record<string, unknown>): unknown {
    if (currency !== 'IRR' && currency !== 'IRT') return this.#error(-9, 'the currency is not said');
    if (!Number.isInteger(amount) || Number(amount) < 1000) return this.#error(-9, 'amount');
    if (Number(amount) > 1_000_000_000) return error(-41);
    if (typeof description !== 'string' || description === '' || description.length > 500)
      return this.#error(-9, 'description');
    if (!URL.canParse(String(callback_url))) return this.#error(-9, 'callback_url');
    this.#count += 1;
    const authority = `A${String(this.#count).padStart(35, '0')}`;
    this.transactions.set(authority, {
      authority,
      amount: Number(amount),
      callbackUrl: String(callback_url),
      state: 'waiting',
    });
    return good(100, { authority, fee_type: 'Merchant', fee: 100 });
  }

  #verified(known: { state: string; readonly authority: string }): unknown {
    const code = known.state === 'verified' ? 101 : 100;
    known.state = 'verified';
    return good(code, {
      ref_id: Number(known.authority.slice(1)),
      card_pan: '603799******1234',
      fee_type: 'Merchant',
      fee: 100,
    });
  }

  #error(code: number, why: string): unknown {
    this.breaks(why);
    return error(code);
  }
}

const good = (code: number, data: object) => ({ data: { code, message: 'Success', ...data }, errors: [] });
const error = (code: number) => ({ data: [], errors: { code, message: 'refused', validations: [] } });
