import { CallweaveError, type CallweaveErrorCode } from '../errors/callweave-error.ts';
import type { ClientOptions } from '../http/client.ts';
import type { Attachment } from '../protocol/ticket-attachment.ts';

export interface UploadOptions {
  /** The same one again gives the file that is there: for a draft that is sent again. @default a fresh random one */
  readonly uploadId?: string;
  /** @default the file's own, or `file` */
  readonly name?: string;
  readonly onProgress?: (bytes: number, of: number) => void;
  readonly signal?: AbortSignal;
}

/** How files reach the adapter: with `XMLHttpRequest`, which alone tells how far an upload is, or `fetch` where that is not there. */
export function createUpload(
  url: string,
  { headers, fetch }: Pick<ClientOptions, 'headers' | 'fetch'>,
): (file: Blob, options?: UploadOptions) => Promise<Attachment> {
  return async (file, { uploadId = crypto.randomUUID(), name, onProgress = () => {}, signal } = {}) => {
    const named = name ?? ('name' in file && typeof file.name === 'string' ? file.name : 'file');
    const to = `${url}/ticket-attachments?${new URLSearchParams({ uploadId, name: named })}`;
    const given = { 'content-type': 'application/octet-stream', ...(await headers?.()) };
    if (signal?.aborted) throw givenUp();
    onProgress(0, file.size);
    const { status, text } =
      fetch === undefined && typeof XMLHttpRequest === 'function'
        ? await send(to, file, given, onProgress, signal)
        : await sendByFetch(fetch ?? globalThis.fetch, to, file, given, signal);
    const answer = parsed(text);
    if (status >= 200 && status < 300 && typeof answer?.['id'] === 'string') {
      onProgress(file.size, file.size);
      return answer as unknown as Attachment;
    }
    const problem = answer?.['error'] as { code?: CallweaveErrorCode; message?: string; fix?: string } | undefined;
    throw new CallweaveError(problem?.code ?? 'bad-answer', problem?.message ?? `The adapter answered ${status}.`, {
      status,
      fix: problem?.fix,
    });
  };
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

const givenUp = () => new CallweaveError('aborted', 'The upload was given up.');
const unreachable = (cause?: unknown) =>
  new CallweaveError('network', 'The adapter could not be reached.', {
    fix: 'Check the connection; the same upload can be sent again.',
    cause,
  });

function send(
  to: string,
  file: Blob,
  headers: Readonly<Record<string, string>>,
  onProgress: (bytes: number, of: number) => void,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    const ended = () => signal?.removeEventListener('abort', stop);
    request.open('POST', to);
    request.withCredentials = true;
    for (const [header, value] of Object.entries(headers)) request.setRequestHeader(header, value);
    request.upload.onprogress = ({ loaded }) => onProgress(Math.min(loaded, file.size), file.size);
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(givenUp());
    request.onloadend = ended;
    signal?.addEventListener('abort', stop);
    request.send(file);
  });
}

async function sendByFetch(
  fetch: typeof globalThis.fetch,
  to: string,
  file: Blob,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  try {
    const answer = await fetch(to, {
      method: 'POST',
      body: file,
      headers,
      credentials: 'include',
      ...(signal ? { signal } : {}),
    });
    return { status: answer.status, text: await answer.text() };
  } catch (error) {
    throw signal?.aborted ? givenUp() : unreachable(error);
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
