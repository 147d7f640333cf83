import { Problem } from '../problem.ts';
import type { Extra } from './answer.ts';

export interface OriginPolicy {
  /** Refuses a change that a page of another origin sent with the user's cookies. */
  check(request: Request): void;
  /** CORS headers for an origin that is listed; nothing for any other. */
  corsHeaders(request: Request): Extra | undefined;
}

/**
 * @param allowedOrigins origins besides our own whose pages may use the adapter
 * @param trustForwardedHost a proxy in front sets `X-Forwarded-Host`, and nobody else can
 */
export function createOriginPolicy(allowedOrigins: readonly string[], trustForwardedHost: boolean): OriginPolicy {
  const allowed = new Set(allowedOrigins.map((origin) => new URL(origin).origin));
  return {
    check(request) {
      const origin = request.headers.get('origin');
      if (origin !== null) {
        if (allowed.has(origin) || hostOf(origin) === ownHost(request, trustForwardedHost)) return;
      } else {
        // Browsers send one of the two with every change. Who sends neither is a program, and has no user's cookies to abuse.
        const site = request.headers.get('sec-fetch-site');
        if (site === null || site === 'same-origin' || site === 'none') return;
      }
      throw new Problem('cross-origin', 'The request comes from a page of another origin.');
    },
    corsHeaders(request) {
      const origin = request.headers.get('origin');
      if (origin === null || !allowed.has(origin)) return undefined;
      return {
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        'cross-origin-resource-policy': 'cross-origin',
        vary: 'origin',
      };
    },
  };
}

/** The scheme is left out on purpose: a proxy that ends TLS makes it differ. */
function ownHost(request: Request, trustForwardedHost: boolean): string | undefined {
  const forwarded = trustForwardedHost ? request.headers.get('x-forwarded-host')?.split(',')[0]?.trim() : undefined;
  return (forwarded ?? request.headers.get('host') ?? hostOf(request.url))?.toLowerCase();
}

function hostOf(url: string): string | undefined {
  try {
    return new URL(url).host;
  } catch {
    return undefined;
  }
}
