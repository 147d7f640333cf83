import type { Bitmap } from '../document/ccitt.ts';

/** Dots of a fax line (ITU-T T.4, A4). */
export const FAX_WIDTH = 1728;

/**
 * A page as an office sends it, in miniature: lines of "writing" in words of different length, a frame, and a slope. Each
 * number makes another page; the same number makes the same one.
 */
export function faxPicture(page = 1, height = 400): Bitmap {
  const stride = FAX_WIDTH / 8;
  const rows = new Uint8Array(stride * height);
  let seed = page * 2_654_435_761;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const dot = (x: number, y: number) => {
    const index = y * stride + (x >> 3);
    rows[index] = (rows[index] ?? 0) | (128 >> (x & 7));
  };
  for (let top = 40; top + 24 < height - 40; top += 60) {
    for (let x = 120; x < 1400; ) {
      const word = 12 + Math.floor(random() * 90);
      for (let y = top; y < top + 24; y += 1)
        for (let dx = 0; dx < word; dx += 1) if ((dx >> 2) % 2 === 0 || y % 8 < 3) dot(x + dx, y);
      x += word + 14 + Math.floor(random() * 200);
    }
  }
  for (let y = 4; y < height - 4; y += 1) {
    for (let thick = 0; thick < 4; thick += 1) {
      dot(20 + thick, y);
      dot(FAX_WIDTH - 24 + thick, y);
      dot(1450 + thick + (y % 150), y);
    }
  }
  for (let x = 20; x < FAX_WIDTH - 20; x += 1) dot(x, 4);
  return { width: FAX_WIDTH, height, rows };
}
