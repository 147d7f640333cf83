import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import type { ChainHead } from './ledger.ts';
import type { Check } from './order-checks.ts';

/** The end of the chain at a moment, signed: whoever cuts the chain shorter afterwards is found. */
export interface SignedHead extends ChainHead {
  readonly at: string;
  /** SHA-256 of the public key (SPKI), the first 16 hex digits: which key signed. */
  readonly key: string;
  /** Ed25519 over `callweave-head\n{seq}\n{hash}\n{at}`, Base64. */
  readonly signature: string;
}

export interface TrustedHeads {
  readonly heads: readonly SignedHead[];
  readonly publicKey: KeyObject;
}

const messageOf = ({ seq, hash, at }: Pick<SignedHead, 'seq' | 'hash' | 'at'>) =>
  Buffer.from(`callweave-head\n${seq}\n${hash}\n${at}`);

export function keyFingerprint(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}

export function signHead(head: ChainHead, at: Date, privateKey: KeyObject): SignedHead {
  const unsigned = { seq: head.seq, hash: head.hash, at: at.toISOString() };
  return {
    ...unsigned,
    key: keyFingerprint(createPublicKey(privateKey)),
    signature: sign(null, messageOf(unsigned), privateKey).toString('base64'),
  };
}

export function isSignedHead(head: SignedHead, publicKey: KeyObject): boolean {
  return verify(null, messageOf(head), publicKey, Buffer.from(head.signature, 'base64'));
}

/** Whether the chain still holds every head that was ever signed. */
export function checkHeads(
  { heads, publicKey }: TrustedHeads,
  end: ChainHead,
  hashAt: (seq: number) => string | undefined,
): Check {
  const name = 'signed-heads';
  if (heads.length === 0) return { name, ok: false, detail: 'no signed heads were given' };
  for (const head of heads) {
    const on = `the head of ${head.at}`;
    if (!isSignedHead(head, publicKey)) return { name, ok: false, detail: `${on} is not signed by the given key` };
    if (head.seq > end.seq)
      return {
        name,
        ok: false,
        detail: `the chain ends at entry ${end.seq}, and ${on} had ${head.seq} entries: entries were cut off`,
      };
    if (head.seq > 0 && hashAt(head.seq) !== head.hash)
      return { name, ok: false, detail: `entry ${head.seq} is not the one of ${on}: the chain was rewritten` };
  }
  return { name, ok: true, detail: `${heads.length} heads, the last at entry ${heads.at(-1)?.seq}` };
}

/** An Ed25519 key pair as PEM; the private one stays with the adapter, the public one goes to whoever verifies. */
export function generateHeadKeys(): { readonly privateKey: string; readonly publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

export function readHeadKey(pem: string, kind: 'private' | 'public'): KeyObject {
  const key = kind === 'private' ? createPrivateKey(pem) : createPublicKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('The key of the chain heads must be an Ed25519 key.');
  return key;
}
