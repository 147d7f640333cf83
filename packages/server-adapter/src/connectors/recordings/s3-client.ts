import { createHash } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type AwsCredentials, awsEncode, signAwsRequest } from './aws-signature.ts';
import type { SizedContent } from './recording-store.ts';

export interface S3ClientOptions extends AwsCredentials {
  readonly endpoint: string;
  readonly region?: string;
  readonly bucket: string;
  readonly virtualHost?: boolean;
  readonly timeoutMs?: number;
  readonly tries?: number;
}

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  readonly key: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: SizedContent & { readonly sha256: string };
}

/** A 2xx answer; its body still has to be read. */
export type S3Answer = IncomingMessage;

export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly status: number;
  /** As the service names it: `SlowDown`, `AccessDenied`, `NoSuchKey`; empty when it did not say. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const EMPTY_SHA256 = createHash('sha256').digest('hex');
const FIRST_PAUSE_MS = 200;
const LISTENER_MS = 300_000;
/** Answers that say "later": too fast, being restarted, a gateway in between. */
const PASSING = new Set([429, 500, 502, 503, 504]);
const PASSING_CODES = new Set(['RequestTimeout', 'RequestTimeTooSkewed']);

/** Just what keeping files needs of S3, each request signed and tried again while the trouble is of the passing kind. */
export function createS3Client(options: S3ClientOptions) {
  const { bucket, region = 'us-east-1', virtualHost = false, timeoutMs = 20_000, tries = 4 } = options;
  const endpoint = new URL(options.endpoint);
  const secure = endpoint.protocol === 'https:';
  if (!secure && endpoint.protocol !== 'http:')
    throw new Error(`An S3 endpoint is an http(s) address, not ${endpoint}.`);
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) throw new Error(`"${bucket}" is not the name of a bucket.`);
  const host = virtualHost ? `${bucket}.${endpoint.host}` : endpoint.host;
  const base = `${endpoint.pathname.replace(/\/$/, '')}${virtualHost ? '' : `/${bucket}`}`;

  async function attempt({ method, key, headers = {}, body }: S3Request): Promise<S3Answer> {
    const path = `${base}/${key.split('/').map(awsEncode).join('/')}`;
    const signed = signAwsRequest({ method, host, path, headers, bodySha256: body?.sha256 ?? EMPTY_SHA256 }, options, {
      region,
      service: 's3',
      at: new Date(),
    });
    const outgoing = (secure ? httpsRequest : httpRequest)({
      method,
      protocol: endpoint.protocol,
      hostname: virtualHost ? `${bucket}.${endpoint.hostname}` : endpoint.hostname,
      port: endpoint.port,
      path,
      headers: { ...signed, 'content-length': String(body?.size ?? 0) },
    });
    outgoing.setTimeout(timeoutMs, () =>
      outgoing.destroy(
        Object.assign(new Error(`The S3 service was silent for ${timeoutMs} ms.`), { code: 'ETIMEDOUT' }),
      ),
    );
    const answered = new Promise<S3Answer>((resolve, reject) => {
      outgoing.once('response', resolve);
      // Stays for good: an error after the answer must not end the process.
      outgoing.on('error', reject);
    });
    // A service that refuses early closes while the body is still on its way: what it said counts, not the broken pipe.
    const sent = (
      body === undefined ? Promise.resolve(void outgoing.end()) : pipeline(Readable.from(body.open()), outgoing)
    ).catch((error: unknown) => error);
    const answer = await answered.catch(async (error: unknown) => {
      const failure = await sent;
      throw failure instanceof Error && !('code' in failure) ? failure : error;
    });
    if ((answer.statusCode ?? 0) >= 200 && (answer.statusCode ?? 0) < 300) {
      // From here on it is the listener who is slow: a player that is paused reads nothing for a while.
      outgoing.setTimeout(Math.max(timeoutMs, LISTENER_MS));
      return answer;
    }
    throw await errorOf(answer, method, key);
  }

  return {
    async request(request: S3Request): Promise<S3Answer> {
      for (let tried = 1; ; tried += 1) {
        try {
          return await attempt(request);
        } catch (error) {
          if (tried >= tries || !isPassing(error)) throw error;
          // Spread out, so that many writers who were turned away together do not come back together.
          const pause = FIRST_PAUSE_MS * 2 ** (tried - 1) * (0.5 + Math.random());
          await new Promise((resolve) => setTimeout(resolve, pause));
        }
      }
    },
  };
}

function isPassing(error: unknown): boolean {
  if (error instanceof S3Error) return PASSING.has(error.status) || PASSING_CODES.has(error.code);
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^(E[A-Z_]+|UND_ERR)/.test(code) && !code.startsWith('ERR_');
}

async function errorOf(answer: S3Answer, method: string, key: string): Promise<S3Error> {
  const status = answer.statusCode ?? 0;
  let text = '';
  for await (const part of answer.setEncoding('utf8')) if (text.length < 4096) text += part;
  const tag = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? '';
  const code = tag('Code');
  return new S3Error(
    status,
    code,
    `S3 answered ${status}${code === '' ? '' : ` ${code}`} to ${method} ${key}${tag('Message') === '' ? '' : `: ${tag('Message')}`}`,
  );
}
