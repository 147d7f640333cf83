const addresses = new WeakMap<Request, string>();

/** Said by the mount that has the socket: a `Request` itself does not know where it came from. */
export function noteClientAddress(request: Request, address: string | undefined): void {
  if (address !== undefined) addresses.set(request, address);
}

/**
 * Where a request came from, as the server saw it; empty where a mount cannot tell. Behind a proxy that is trusted it is
 * the last address of `X-Forwarded-For`: the one that this proxy saw, since whatever stands before it anyone can write.
 */
export function clientAddress(request: Request, trustForwarded: boolean): string {
  const forwarded = trustForwarded ? request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  const address = forwarded || addresses.get(request) || '';
  return /^[0-9a-fA-F:.]{1,45}$/.test(address) ? address : '';
}
