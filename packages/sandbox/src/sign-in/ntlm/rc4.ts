/**
 * RC4, by which a client of NTLM sends the session key that its MIC is made with (KXKEY in MS-NLMP 3.4.5), and seals its
 * signatures. OpenSSL 3 has it in its legacy provider alone.
 */
export class Rc4 {
  private readonly box = Uint8Array.from({ length: 256 }, (_, index) => index);
  private i = 0;
  private j = 0;

  constructor(key: Buffer) {
    for (let i = 0, j = 0; i < 256; i += 1) {
      j = (j + this.at(i) + (key[i % key.length] ?? 0)) & 255;
      this.swap(i, j);
    }
  }

  /** Encrypts or decrypts, and goes on where it ended the last time. */
  apply(data: Buffer): Buffer {
    return Buffer.from(data.map((byte) => byte ^ this.next()));
  }

  private next(): number {
    this.i = (this.i + 1) & 255;
    this.j = (this.j + this.at(this.i)) & 255;
    this.swap(this.i, this.j);
    return this.at((this.at(this.i) + this.at(this.j)) & 255);
  }

  private at(index: number): number {
    return this.box[index] ?? 0;
  }

  private swap(i: number, j: number): void {
    [this.box[i], this.box[j]] = [this.at(j), this.at(i)];
  }
}
