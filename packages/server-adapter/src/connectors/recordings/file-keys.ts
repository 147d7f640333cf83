import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** The key of one stored file, wrapped under a master key. */
export interface WrappedKey {
  /** Stands in the head of the file; 32 hex digits. */
  readonly id: string;
  /** Key of the file in its store. */
  readonly file: string;
  /** Which master key wraps it. */
  readonly masterKey: string;
  readonly wrapped: string;
}

/** Where wrapped keys are kept: apart from the files, so that neither place alone opens anything. */
export interface FileKeyBook {
  /** Durable when it resolves. */
  add(key: WrappedKey): Promise<void>;
  find(id: string): Promise<WrappedKey | undefined>;
  /** Whether a key of this file is known: then it must be encrypted. */
  knows(file: string): Promise<boolean>;
  /** Forgets all keys of a file, but for one: what was encrypted with them cannot be opened any more. */
  forget(file: string, but?: string): Promise<void>;
}

/** A key of 32 bytes, from the environment or a secret store, never from the database: bytes, or base64. */
export interface MasterKey {
  /** Names it in the key book: 1 to 32 letters, digits, `-` or `_`. Never given to another key. */
  readonly id: string;
  readonly key: Uint8Array | string;
}

export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError';
}

export interface KeyRing {
  /** The key that wraps new files. */
  readonly current: string;
  /** A new data key for a file, and how it is written down. */
  issue(file: string): { readonly dataKey: Buffer; readonly entry: WrappedKey };
  unwrap(entry: WrappedKey): Buffer;
  /** The same data key, wrapped under the current master key. */
  rewrap(entry: WrappedKey): WrappedKey;
}

const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

/** @param masterKeys the first wraps new files; the others open older ones until they are rotated */
export function createKeyRing(masterKeys: readonly MasterKey[]): KeyRing {
  const keys = new Map<string, Buffer>();
  for (const { id, key } of masterKeys) {
    if (!/^[A-Za-z0-9_-]{1,32}$/.test(id))
      throw new MasterKeyError(`"${id}" does not name a recording key: use 1 to 32 letters, digits, "-" or "_".`);
    if (keys.has(id)) throw new MasterKeyError(`Two recording keys are named "${id}".`);
    keys.set(id, keyBytes(id, key));
  }
  const current = masterKeys[0]?.id;
  if (current === undefined) throw new MasterKeyError('There is no recording key; give at least one.');

  const wrap = (id: string, file: string, dataKey: Uint8Array): WrappedKey => {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(CIPHER, masterOf(current), nonce);
    cipher.setAAD(boundTo(id, file));
    const wrapped = Buffer.concat([nonce, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
    return { id, file, masterKey: current, wrapped: wrapped.toString('base64') };
  };
  const masterOf = (id: string): Buffer => {
    const key = keys.get(id);
    if (key === undefined)
      throw new MasterKeyError(
        `A file needs the recording key "${id}", which was not given. Keep old keys until \`callweave recordings rotate-keys\` has ended.`,
      );
    return key;
  };
  const unwrap = ({ id, file, masterKey, wrapped }: WrappedKey): Buffer => {
    const bytes = Buffer.from(wrapped, 'base64');
    try {
      const decipher = createDecipheriv(CIPHER, masterOf(masterKey), bytes.subarray(0, NONCE));
      decipher.setAAD(boundTo(id, file));
      decipher.setAuthTag(bytes.subarray(-TAG));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]);
    } catch (error) {
      if (error instanceof MasterKeyError) throw error;
      throw new MasterKeyError(
        `The recording key "${masterKey}" does not open ${file}: it is another key than the one of that name, or its entry was changed.`,
        { cause: error },
      );
    }
  };

  return {
    current,
    issue(file) {
      const dataKey = randomBytes(32);
      return { dataKey, entry: wrap(randomBytes(16).toString('hex'), file, dataKey) };
    },
    unwrap,
    rewrap: (entry) => wrap(entry.id, entry.file, unwrap(entry)),
  };
}

/** A wrapped key opens the file that it was made for, and no other. */
function boundTo(id: string, file: string): Buffer {
  return Buffer.from(`callweave file key\n${id}\n${file}`);
}

function keyBytes(id: string, key: Uint8Array | string): Buffer {
  const bytes = typeof key === 'string' ? Buffer.from(key, 'base64') : Buffer.from(key);
  if (bytes.length !== 32)
    throw new MasterKeyError(
      `The recording key "${id}" has ${bytes.length} bytes instead of 32. Make one: openssl rand -base64 32`,
    );
  return bytes;
}

/** For tests and for stores that need no database. */
export function memoryKeyBook(): FileKeyBook & { readonly entries: ReadonlyMap<string, WrappedKey> } {
  const entries = new Map<string, WrappedKey>();
  return {
    entries,
    add: async (key) => void entries.set(key.id, key),
    find: async (id) => entries.get(id),
    knows: async (file) => [...entries.values()].some((entry) => entry.file === file),
    forget: async (file, but) => {
      for (const entry of entries.values()) if (entry.file === file && entry.id !== but) entries.delete(entry.id);
    },
  };
}
