/** Reads a byte stream bit by bit, the highest bit of a byte first; beyond its end it reads zeros. */
export class BitReader {
  readonly #bytes: Uint8Array;
  /** In bits. */
  position = 0;
  readonly length: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.length = bytes.length * 8;
  }

  get atEnd(): boolean {
    return this.position >= this.length;
  }

  /** The next `count` bits (at most 16), without taking them. */
  peek(count: number): number {
    const index = this.position >>> 3;
    const bytes = this.#bytes;
    const word = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    return (word >>> (24 - (this.position & 7) - count)) & ((1 << count) - 1);
  }

  skip(count: number): void {
    this.position += count;
  }

  toByte(): void {
    this.position = (this.position + 7) & ~7;
  }
}
