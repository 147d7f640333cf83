import { FakeGateway } from './fake-gateway.ts';

/** Zibal v1 by its documents. */
export class FakeZibal extends FakeGateway {
  readonly merchant = 'zibal';
  protected override pagePath = /^\/start\/(\d+)$/;

  protected override methodOf(path: string): string | undefined {
    return /^\/v1\/(request|verify|inquiry)$/.exec(path)?.[1];
  }

  override backTo(authority: string, paid: boolean): string {
    const url = new URL(this.transactions.get(authority)?.callbackUrl ?? '');
    url.searchParams.set('trackId', authority);
    url.searchParams.set('success', paid ? '1' : '0');
    url.searchParams.set('status', paid ? '2' : '3');
    return url.href;
  }

  protected override respond(method: string, body: Record<string, unknown>): unknown {
    if (body['merchant'] !== this.merchant) return { result: 102, message: 'merchant' };
    if (method === 'request') return this.#request(body);
    if (typeof body['trackId'] !== 'number') this.breaks('trackId is not a number');
    const known = this.transactions.get(String(body['trackId']));
    if (known === undefined) return { result: 203, message: 'trackId' };
    const of = {
      amount: known.amount,
      refNumber: known.state === 'paid' || known.state === 'verified' ? Number(known.authority) : null,
      cardNumber: '62741****44',
      status: { waiting: -1, paid: 2, verified: 1, failed: 3, reversed: 15 }[known.state],
    };
    if (method === 'inquiry') return { result: 100, message: 'success', ...of };
    if (known.state === 'verified') return { result: 201, message: 'already verified', ...of };
    if (known.state !== 'paid') return { result: 202, message: 'not paid', ...of };
    known.state = 'verified';
    return { result: 100, message: 'success', ...of, status: 1 };
  }

  #request({ amount, callbackUrl }: Record<string, unknown>): unknown {
    if (!Number.isInteger(amount) || Number(amount) < 1000) return { result: 105, message: 'amount' };
    if (!URL.canParse(String(callbackUrl))) return { result: 106, message: 'callbackUrl' };
    const authority = String(3_000_000 + this.transactions.size);
    this.transactions.set(authority, {
      authority,
      amount: Number(amount),
      callbackUrl: String(callbackUrl),
      state: 'waiting',
    });
    return { result: 100, trackId: Number(authority), message: 'success' };
  }
}
