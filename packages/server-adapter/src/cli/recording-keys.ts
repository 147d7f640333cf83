import type { MasterKey } from '../connectors/recordings/file-keys.ts';
import { UsageError } from './command.ts';

export const KEYS_USAGE = `CALLWEAVE_RECORDING_KEYS  keys that encrypt recordings, "ID:BASE64 ID:BASE64 …"; the first is for new files.
                          Make one: openssl rand -base64 32`;

/** Master keys from the environment: never from the folder of the recordings, where they would protect nothing. */
export function recordingKeysOf(environment: NodeJS.ProcessEnv = process.env): readonly MasterKey[] {
  const text = environment['CALLWEAVE_RECORDING_KEYS']?.trim() ?? '';
  if (text === '') return [];
  return text.split(/[\s,]+/).map((part) => {
    const at = part.indexOf(':');
    if (at < 1) throw new UsageError('CALLWEAVE_RECORDING_KEYS must look like "ID:BASE64 ID:BASE64".');
    return { id: part.slice(0, at), key: part.slice(at + 1) };
  });
}
