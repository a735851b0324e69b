const CHUNK = 256 * 1024;
/** A body that is as long is kept as it is. */
const LONG = 64 * 1024;

/**
 * Copies bodies that live on into large pieces of memory: thousands of small ones, each by itself, between others that
 * are freed at once, took seven times the memory.
 */
export class BodyCopies {
  private chunk = Buffer.alloc(0);
  private used = 0;

  copy(body: Buffer): Buffer {
    if (body.length >= LONG) return body;
    if (this.used + body.length > this.chunk.length) {
      this.chunk = Buffer.allocUnsafeSlow(CHUNK);
      this.used = 0;
    }
    const from = this.used;
    this.used += body.length;
    body.copy(this.chunk, from);
    return this.chunk.subarray(from, this.used);
  }
}
