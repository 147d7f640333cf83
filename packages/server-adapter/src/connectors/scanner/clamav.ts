import { connect, type Socket } from 'node:net';
import { type AttachmentScanner, ScannerError, type ScanVerdict } from './scanner.ts';

export interface ClamavOptions {
  /** Where `clamd` listens (`TCPSocket`, `TCPAddr`). It has no sign-in of its own: keep it on a private network. */
  readonly host: string;
  /** @default 3310 */
  readonly port?: number;
  /** For the whole of one file. @default 30_000 */
  readonly timeoutMs?: number;
}

/** Well below what clamd takes as one piece. */
const CHUNK = 65_536;
const LONGEST_ANSWER = 4_096;

/**
 * ClamAV over TCP, by its `INSTREAM` command: the file goes as pieces, each after its length in four bytes (network order),
 * and ends with a length of zero. clamd ends the connection with an error when a file is larger than its `StreamMaxLength`:
 * set that to no less than what may be attached.
 */
export function clamavScanner({ host, port = 3310, timeoutMs = 30_000 }: ClamavOptions): AttachmentScanner {
  return {
    name: 'clamav',
    async scan(content, signal) {
      const socket = connect({ host, port });
      const limit = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
      const stop = () => socket.destroy(new ScannerError('timeout', `clamd did not answer within ${timeoutMs} ms.`));
      limit.addEventListener('abort', stop);
      if (limit.aborted) stop();
      try {
        const answer = readAnswer(socket);
        // Its failure is the answer's too; which of them is awaited first does not matter.
        answer.catch(() => {});
        // A scanner that has seen enough hangs up while the file is still going: what it said counts.
        await Promise.race([sendFile(socket, content.open()), answer]).catch(async (error: unknown) => {
          if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
          await answer;
        });
        return verdictOf(await answer);
      } catch (error) {
        if (error instanceof ScannerError) throw error;
        throw new ScannerError('unreachable', `clamd at ${host}:${port} could not be asked.`, { cause: error });
      } finally {
        limit.removeEventListener('abort', stop);
        socket.destroy();
      }
    },
  };
}

async function sendFile(socket: Socket, parts: AsyncIterable<Uint8Array>): Promise<void> {
  await write(socket, Buffer.from('zINSTREAM\0', 'latin1'));
  for await (const part of parts)
    for (let from = 0; from < part.length; from += CHUNK) {
      const piece = part.subarray(from, from + CHUNK);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(piece.length);
      await write(socket, Buffer.concat([length, piece]));
    }
  await write(socket, Buffer.alloc(4));
}

function write(socket: Socket, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

/** All that clamd says: one line that ends with NUL. It may say it, and hang up, before the file is through. */
function readAnswer(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (part) => {
      text += part;
      const end = text.indexOf('\0');
      if (end >= 0) resolve(text.slice(0, end));
      else if (text.length > LONGEST_ANSWER) reject(new ScannerError('refused', 'What answers there is not clamd.'));
    });
    socket.on('error', (error) => {
      // What was said before the connection broke counts: clamd hangs up on a file that is too large.
      if (text.includes('size limit exceeded')) resolve(text);
      else reject(error);
    });
    socket.on('close', () => reject(new ScannerError('unreachable', 'clamd hung up without a verdict.')));
  });
}

function verdictOf(answer: string): ScanVerdict {
  if (/^stream: OK$/.test(answer)) return { result: 'clean' };
  const [, finding] = /^stream: (.+) FOUND$/.exec(answer) ?? [];
  if (finding !== undefined) return { result: 'infected', finding: finding.slice(0, 200) };
  if (answer.includes('size limit exceeded'))
    throw new ScannerError('too-large', 'The file is larger than clamd takes. Raise its StreamMaxLength.');
  throw new ScannerError('refused', `clamd did not scan the file: ${answer.slice(0, 200)}`);
}
