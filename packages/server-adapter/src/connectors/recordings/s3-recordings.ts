import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { AwsCredentials } from './aws-signature.ts';
import { asSized, assertFileKey, type RecordingStore, type SizedContent } from './recording-store.ts';
import { createS3Client, type S3Answer, S3Error } from './s3-client.ts';

export interface S3RecordingsOptions extends AwsCredentials {
  /** @example 'https://s3.eu-central-1.amazonaws.com', or the address of MinIO, Ceph, Garage … */
  readonly endpoint: string;
  /** @default 'us-east-1' */
  readonly region?: string;
  readonly bucket: string;
  /** Before every key. @default '' @example 'callweave/' */
  readonly prefix?: string;
  /** The bucket as part of the host name instead of the path. @default false */
  readonly virtualHost?: boolean;
  /** Silence on the connection after which a try is given up. @default 20_000 */
  readonly timeoutMs?: number;
  /** Tries of one request, before its error is passed on. @default 4 */
  readonly tries?: number;
}

/**
 * Recordings in a bucket of any S3-compatible service. What goes up carries its checksum, so the service refuses what
 * was damaged on the way. Give the key the right to list the bucket: without it S3 calls a missing file forbidden.
 */
export function s3Recordings(options: S3RecordingsOptions): RecordingStore {
  const client = createS3Client(options);
  const keyOf = (key: string) => {
    assertFileKey(key);
    return `${options.prefix ?? ''}${key}`;
  };

  return {
    async put(key, content) {
      const target = keyOf(key);
      const sized = asSized(content);
      // Twice through the content: the service is told what to expect before the first byte, and the memory holds none.
      const sha256 = await checksum(key, sized);
      const base64 = Buffer.from(sha256, 'hex').toString('base64');
      const answer = await client.request({
        method: 'PUT',
        key: target,
        headers: { 'content-type': contentType(key), 'x-amz-checksum-sha256': base64 },
        body: { ...sized, sha256 },
      });
      await drain(answer);
      const kept = answer.headers['x-amz-checksum-sha256'];
      if (kept !== undefined && kept !== base64)
        throw new Error(`The bucket kept other bytes of ${key} than were sent.`);
    },

    async size(key) {
      const answer = await client.request({ method: 'HEAD', key: keyOf(key) }).catch((error: unknown) => {
        if (error instanceof S3Error && error.status === 404) return undefined;
        throw error;
      });
      if (answer === undefined) return undefined;
      await drain(answer);
      return Number(answer.headers['content-length'] ?? 0);
    },

    async read(key, range) {
      const answer = await client.request({
        method: 'GET',
        key: keyOf(key),
        ...(range === undefined ? {} : { headers: { range: `bytes=${range.start}-${range.end}` } }),
      });
      if (range !== undefined && answer.statusCode !== 206) {
        answer.destroy();
        throw new Error(`The service answered ${answer.statusCode} to a range of ${key} instead of 206.`);
      }
      return Readable.toWeb(answer) as unknown as ReadableStream<Uint8Array>;
    },

    async delete(key) {
      await drain(await client.request({ method: 'DELETE', key: keyOf(key) }));
    },
  };
}

async function checksum(key: string, { size, open }: SizedContent): Promise<string> {
  const hash = createHash('sha256');
  let count = 0;
  for await (const part of open()) {
    hash.update(part);
    count += part.length;
  }
  if (count !== size) throw new Error(`The content of ${key} has ${count} bytes instead of ${size}.`);
  return hash.digest('hex');
}

const MEDIA: Readonly<Record<string, string>> = {
  wav: 'audio/wav',
  tiff: 'image/tiff',
  pdf: 'application/pdf',
  png: 'image/png',
};
const contentType = (key: string) => MEDIA[key.slice(key.lastIndexOf('.') + 1)] ?? 'application/octet-stream';

async function drain(answer: S3Answer): Promise<void> {
  for await (const _ of answer);
}
