import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** An opaque id that sorts by time of making: `order_` + 10 characters of time + 13 random ones (65 bits). */
export function newId(prefix: string, at: Date = new Date()): string {
  let time = at.getTime();
  let head = '';
  for (let i = 0; i < 10; i += 1) {
    head = (ALPHABET[time % 32] ?? '0') + head;
    time = Math.floor(time / 32);
  }
  const tail = Array.from(randomBytes(13), (byte) => ALPHABET[byte & 31]).join('');
  return `${prefix}_${head}${tail}`;
}
