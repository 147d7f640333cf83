import { PROBLEMS, type ProblemBody } from '@callweave/sdk/protocol';
import type { Problem } from '../problem.ts';

/** Nothing of the API may be cached, framed, sniffed or used as a page. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const JSON_HEADERS = { ...SECURITY_HEADERS, 'content-type': 'application/json; charset=utf-8' };

export type Extra = Readonly<Record<string, string>>;

/**
 * An answer before it is a `Response`: a mount that has Node's own response at hand writes it as it is. Going through
 * `Response` and its headers would cost more than everything else that a small request needs.
 */
export interface TextAnswer {
  readonly status: number;
  readonly headers: Extra;
  readonly text: string;
}

export function toResponse(answer: TextAnswer | Response): Response {
  if (answer instanceof Response) return answer;
  return new Response(answer.status === 204 ? null : answer.text, { status: answer.status, headers: answer.headers });
}

export function jsonAnswer(text: string, status: number, extra: Extra): TextAnswer {
  return { status, headers: { ...JSON_HEADERS, ...extra }, text };
}

export function problemAnswer(problem: Problem, requestId: string, extra: Extra = {}): TextAnswer {
  const { code, message, fix, fields, retryAfterSeconds } = problem;
  const body: ProblemBody = {
    error: {
      code,
      message,
      fix,
      requestId,
      ...(fields === undefined ? {} : { fields: [...fields] }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    },
  };
  const retry =
    retryAfterSeconds === undefined ? undefined : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterSeconds))) };
  return jsonAnswer(JSON.stringify(body), PROBLEMS[code][0], { ...retry, ...extra });
}

/** Adds what every answer carries to one that an operation made itself (sound, event stream). */
export function withSecurityHeaders(response: Response, extra: Extra): Response {
  for (const [name, value] of Object.entries({ ...SECURITY_HEADERS, ...extra })) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  return response;
}
