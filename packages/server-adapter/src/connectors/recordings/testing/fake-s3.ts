import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the next request meets instead of an answer. */
export type S3Fault = 'slow-down' | 'forbidden' | 'silence' | 'cut' | 'cut-answer' | 'damaged';

/** A bucket over HTTP that checks everything a real one would: signatures, hashes, lengths, ranges. */
export async function startFakeS3(secretAccessKey: string, { region = 'us-east-1', bucket = 'recordings' } = {}) {
  const objects = new Map<string, Buffer>();
  const faults: S3Fault[] = [];
  const refused: string[] = [];
  let requests = 0;

  const server = createServer((request, response) => {
    requests += 1;
    void answer(request, response).catch((error: unknown) => {
      refused.push(String(error));
      response.destroy();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = faults.shift();
    if (fault === 'silence') return;
    if (fault === 'cut') return void request.socket.destroy();
    if (fault === 'slow-down') return problem(request, response, 503, 'SlowDown', 'Please reduce your request rate.');
    if (fault === 'forbidden') return problem(request, response, 403, 'AccessDenied', 'Access Denied');

    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    let body = Buffer.concat(parts);
    if (fault === 'damaged' && body.length > 0) body = Buffer.concat([body.subarray(1), Buffer.from([7])]);
    const wrong = verify(request, body);
    if (wrong !== undefined) {
      refused.push(wrong);
      return problem(
        request,
        response,
        wrong.startsWith('body') ? 400 : 403,
        wrong.startsWith('body') ? 'BadDigest' : 'SignatureDoesNotMatch',
        wrong,
      );
    }
    const path = decodeURIComponent(request.url ?? '');
    if (!path.startsWith(`/${bucket}/`)) return problem(request, response, 404, 'NoSuchBucket', 'No such bucket');
    const key = path.slice(bucket.length + 2);
    const stored = objects.get(key);

    if (request.method === 'PUT') {
      objects.set(key, body);
      response.setHeader('x-amz-checksum-sha256', createHash('sha256').update(body).digest('base64'));
      return void response.end();
    }
    if (request.method === 'DELETE') {
      objects.delete(key);
      response.statusCode = 204;
      return void response.end();
    }
    if (stored === undefined) return problem(request, response, 404, 'NoSuchKey', 'The specified key does not exist.');
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    let content = stored;
    if (range !== null) {
      const [start, end] = [Number(range[1]), Math.min(Number(range[2]), stored.length - 1)];
      if (start >= stored.length) return problem(request, response, 416, 'InvalidRange', 'Not satisfiable');
      content = stored.subarray(start, end + 1);
      response.statusCode = 206;
      response.setHeader('content-range', `bytes ${start}-${end}/${stored.length}`);
    }
    response.setHeader('content-length', content.length);
    if (request.method === 'HEAD') return void response.end();
    if (fault === 'cut-answer') {
      response.write(content.subarray(0, content.length >> 1), () => response.destroy());
      return;
    }
    response.end(content);
  }

  /** Written from the specification, not with the code under test. */
  function verify(request: IncomingMessage, body: Buffer): string | undefined {
    const header = request.headers.authorization ?? '';
    const found =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
        header,
      );
    if (found === null) return 'authorization is malformed';
    const [, , day = '', signedRegion = '', names = '', signature = ''] = found;
    if (signedRegion !== region) return 'region is wrong';
    const stamp = String(request.headers['x-amz-date']);
    const at = Date.parse(stamp.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'));
    if (!(Math.abs(Date.now() - at) < 15 * 60_000) || !stamp.startsWith(day)) return 'date is wrong';
    const listed = names.split(';');
    for (const required of ['host', 'x-amz-content-sha256', 'x-amz-date'])
      if (!listed.includes(required)) return `${required} is not signed`;
    for (const name of Object.keys(request.headers))
      if (name.startsWith('x-amz-') && !listed.includes(name)) return `${name} is not signed`;
    if (request.headers.range !== undefined && !listed.includes('range')) return 'range is not signed';
    const bodyHash = createHash('sha256').update(body).digest();
    const hash = String(request.headers['x-amz-content-sha256']);
    const canonical = `${request.method}\n${request.url}\n\n${listed.map((name) => `${name}:${String(request.headers[name]).trim()}\n`).join('')}\n${names}\n${hash}`;
    const text = `AWS4-HMAC-SHA256\n${stamp}\n${day}/${region}/s3/aws4_request\n${createHash('sha256').update(canonical).digest('hex')}`;
    let key: Buffer = Buffer.from(`AWS4${secretAccessKey}`);
    for (const part of [day, region, 's3', 'aws4_request']) key = createHmac('sha256', key).update(part).digest();
    if (createHmac('sha256', key).update(text).digest('hex') !== signature) return 'signature is wrong';
    if (bodyHash.toString('hex') !== hash) return 'body has another hash than was signed';
    const checksum = request.headers['x-amz-checksum-sha256'];
    if (request.method === 'PUT' && checksum !== bodyHash.toString('base64')) return 'body has another checksum';
    return undefined;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    bucket,
    objects,
    /** What the next requests meet, one each. */
    faults,
    /** Why requests were refused. */
    refused,
    get requests() {
      return requests;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function problem(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
): void {
  request.resume();
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(
    request.method === 'HEAD'
      ? undefined
      : `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  );
}
