import { Problem } from '../problem.ts';

/** The address of a page of the host, from a path or a whole address; anything else would lead a buyer astray. */
export function returnAddress(returnTo: string, publicUrl: string, origins: readonly string[]): string {
  const base = new URL(publicUrl);
  const url = URL.canParse(returnTo, base.origin) ? new URL(returnTo, base.origin) : undefined;
  const own = [base.origin, ...origins.map((origin) => new URL(origin).origin)];
  if (url === undefined || !own.includes(url.origin) || url.username !== '' || url.password !== '')
    throw new Problem('return-elsewhere', 'The page of the result is not one of this site.', {
      fields: [{ path: 'returnTo', message: 'must be a path or an address of an origin of this site' }],
    });
  return url.href;
}

export function returnWith(returnTo: string, paymentId: string): string {
  const url = new URL(returnTo);
  url.searchParams.set('payment', paymentId);
  return url.href;
}
