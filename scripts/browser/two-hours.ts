/**
 * Middleware of the browser tests' server: `/testing/two-hours.wav` is a recording of two hours (8 kHz, stereo, 16 bit,
 * 220 MB) that answers ranges and is made while it is sent; `?served` tells how many bytes went out, and from where.
 */
const SECONDS = 7200;
const RATE = 8000 * 4;
const SIZE = 44 + SECONDS * RATE;
const PATH = '/testing/two-hours.wav';
const PIECE = 256 * 1024;

interface Context {
  readonly path: string;
  readonly query: Record<string, unknown>;
  readonly req: { readonly headers: { readonly range?: string } };
  status: number;
  body: unknown;
  set(name: string, value: string): void;
}

export function twoHours(): (context: Context, next: () => Promise<void>) => Promise<void> {
  const served = { bytes: 0, starts: [] as number[] };
  return async (context, next) => {
    if (context.path !== PATH) return next();
    context.set('cache-control', 'no-store');
    if ('served' in context.query) {
      context.body = served;
      return;
    }
    const range = /^bytes=(\d+)-(\d*)$/.exec(context.req.headers.range ?? '');
    const start = range === null ? 0 : Number(range[1]);
    const end = range === null || range[2] === '' ? SIZE - 1 : Math.min(Number(range[2]), SIZE - 1);
    served.starts.push(start);
    context.status = range === null ? 200 : 206;
    context.set('content-type', 'audio/wav');
    context.set('accept-ranges', 'bytes');
    context.set('content-length', String(end - start + 1));
    if (range !== null) context.set('content-range', `bytes ${start}-${end}/${SIZE}`);
    const { Readable } = await import('node:stream');
    context.body = Readable.from(pieces(start, end, served));
  };
}

async function* pieces(start: number, end: number, served: { bytes: number }): AsyncGenerator<Buffer> {
  for (let at = start; at <= end; at += PIECE) {
    const piece = Buffer.alloc(Math.min(PIECE, end - at + 1));
    if (at < 44) head().copy(piece, 0, at);
    served.bytes += piece.length;
    yield piece;
  }
}

function head(): Buffer {
  const bytes = Buffer.alloc(44);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(SIZE - 8, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(2, 22);
  bytes.writeUInt32LE(8000, 24);
  bytes.writeUInt32LE(RATE, 28);
  bytes.writeUInt16LE(4, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(SIZE - 44, 40);
  return bytes;
}
