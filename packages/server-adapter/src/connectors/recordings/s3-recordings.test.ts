import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bytesOf } from '../../byte-stream.ts';
import { signAwsRequest } from './aws-signature.ts';
import { encryptedRecordings } from './encrypted-recordings.ts';
import { memoryKeyBook } from './file-keys.ts';
import { describeRecordingStore } from './recording-store.contract.ts';
import { fileKey } from './recording-store.ts';
import { S3Error } from './s3-client.ts';
import { s3Recordings } from './s3-recordings.ts';
import { startFakeS3 } from './testing/fake-s3.ts';

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a secret of this test' };

describe('recordings in a bucket', () => {
  let s3: Awaited<ReturnType<typeof startFakeS3>>;
  beforeAll(async () => {
    s3 = await startFakeS3(CREDENTIALS.secretAccessKey, { region: 'eu-central-1' });
  });
  afterAll(() => s3.stop());
  beforeEach(() => {
    s3.faults.length = 0;
    s3.refused.length = 0;
    s3.objects.clear();
  });

  const make = (changes = {}) =>
    s3Recordings({ ...CREDENTIALS, endpoint: s3.endpoint, region: 'eu-central-1', bucket: s3.bucket, ...changes });
  const key = fileKey('recording', 'recording_bucket');
  const sound = randomBytes(300_000);

  describe('as a store', () => describeRecordingStore(async () => make()));
  describe('as an encrypted store', () =>
    describeRecordingStore(async () =>
      encryptedRecordings({
        files: make({ prefix: 'desk one/' }),
        book: memoryKeyBook(),
        masterKeys: [{ id: 'a', key: randomBytes(32) }],
      }),
    ));

  test('the signature is the one of the published example', () => {
    const headers = signAwsRequest(
      {
        method: 'GET',
        host: 'examplebucket.s3.amazonaws.com',
        path: '/test.txt',
        headers: { range: 'bytes=0-9' },
        bodySha256: createHash('sha256').digest('hex'),
      },
      { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
      { region: 'us-east-1', service: 's3', at: new Date('2013-05-24T00:00:00Z') },
    );
    expect(headers['authorization']).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    );
  });

  test('a prefix that has to be encoded is signed as it travels', async () => {
    await make({ prefix: "desk's (1)/" }).put(key, sound);
    expect([...s3.objects.keys()]).toEqual([`desk's (1)/${key}`]);
    expect(s3.refused).toEqual([]);
  });

  test.each([['slow-down'], ['cut']] as const)('%s: tried again until it works', async (fault) => {
    const store = make();
    s3.faults.push(fault, fault);
    await store.put(key, sound);
    s3.faults.push(fault);
    expect(await store.size(key)).toBe(sound.length);
    s3.faults.push(fault, fault);
    expect(Buffer.from(await bytesOf(await store.read(key, { start: 5, end: 1004 })))).toEqual(sound.subarray(5, 1005));
    s3.faults.push(fault);
    await store.delete(key);
    expect(s3.objects.size).toBe(0);
    expect(s3.refused).toEqual([]);
  });

  test('a service that goes on refusing is given up, and says why', async () => {
    const before = s3.requests;
    s3.faults.push('slow-down', 'slow-down', 'slow-down', 'slow-down');
    await expect(make().put(key, sound)).rejects.toThrow('503 SlowDown');
    expect(s3.requests - before).toBe(4);
  });

  test('what is forbidden is not asked twice', async () => {
    const before = s3.requests;
    s3.faults.push('forbidden');
    const error = await make()
      .put(key, sound)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(S3Error);
    expect(error).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(s3.requests - before).toBe(1);
    // Not the same as "not there": a file is not missing because we may not look.
    s3.faults.push('forbidden');
    await expect(make().size(key)).rejects.toThrow('403');
  });

  test('silence ends after the time for it', async () => {
    const store = make({ timeoutMs: 150, tries: 2 });
    s3.faults.push('silence', 'silence');
    await expect(store.put(key, sound)).rejects.toThrow('silent for 150 ms');
    s3.faults.push('silence');
    await store.put(key, sound);
    expect(s3.objects.get(key)).toEqual(sound);
  });

  test('what was damaged on the way is not kept', async () => {
    s3.faults.push('damaged');
    await expect(make().put(key, sound)).rejects.toThrow('400 BadDigest');
    expect(s3.objects.size).toBe(0);
  });

  test('an answer that breaks off is an error, not a shorter file', async () => {
    const store = make();
    await store.put(key, sound);
    s3.faults.push('cut-answer');
    await expect(store.read(key).then(bytesOf)).rejects.toThrow();
  });

  test('a wrong secret opens nothing', async () => {
    await expect(make({ secretAccessKey: 'another' }).put(key, sound)).rejects.toThrow('SignatureDoesNotMatch');
    expect(s3.objects.size).toBe(0);
  });

  test('content is opened anew for each try, and never held whole', async () => {
    let opened = 0;
    const size = 40 * 1024 * 1024;
    const piece = Buffer.alloc(1024 * 1024, 5);
    const content = {
      size,
      async *open() {
        opened += 1;
        for (let sent = 0; sent < size; sent += piece.length) yield piece;
      },
    };
    s3.faults.push('slow-down');
    await make().put(key, content);
    // Once for the checksum, once for each try.
    expect(opened).toBe(3);
    expect(s3.objects.get(key)?.length).toBe(size);
  });

  test.each([
    ['a scheme', { endpoint: 'ftp://example' }, 'http(s)'],
    ['a bucket', { bucket: 'Not A Bucket' }, 'bucket'],
  ])('refuses %s that cannot be', (_what, changes, message) => {
    expect(() => make(changes)).toThrow(message);
  });
});
