import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';
import type { Bitmap } from './ccitt.ts';

const compress = promisify(deflate);

/**
 * A page as a picture for a screen: one bit per dot, ink black. Lines are repeated where the paper was scanned coarser
 * from top to bottom than from left to right (standard resolution), since browsers take dots for square.
 */
export async function writePng(bitmap: Bitmap, repeat: number): Promise<Uint8Array> {
  const { width, height, rows } = bitmap;
  const stride = (width + 7) >> 3;
  // Each line begins with its filter: none.
  const lines = new Uint8Array((stride + 1) * height * repeat);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let times = 0; times < repeat; times += 1) {
      at += 1;
      for (let x = 0; x < stride; x += 1) lines[at + x] = ~(rows[y * stride + x] as number);
      at += stride;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height * repeat, 4);
  head.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', await compress(lines, { level: 6 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  out.set(body, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}
