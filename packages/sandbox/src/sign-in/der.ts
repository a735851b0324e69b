/** An element of DER, such as certificates and SPNEGO's tokens are made of. */
export interface DerElement {
  readonly tag: number;
  readonly body: Buffer;
  /** What follows it. */
  readonly rest: Buffer;
}

/** The first element. @throws RangeError for what is none */
export function readDer(bytes: Buffer): DerElement {
  const tag = bytes.readUInt8(0);
  const short = bytes.readUInt8(1);
  const more = short < 0x80 ? 0 : short & 0x7f;
  if (short >= 0x80 && (more === 0 || more > 4)) throw new RangeError('a length that DER does not have');
  const length = more === 0 ? short : bytes.readUIntBE(2, more);
  const from = 2 + more;
  if (from + length > bytes.length) throw new RangeError('an element that is longer than what holds it');
  return { tag, body: bytes.subarray(from, from + length), rest: bytes.subarray(from + length) };
}

/** All elements, one after the other. @throws RangeError */
export function readAllDer(bytes: Buffer): readonly DerElement[] {
  const elements: DerElement[] = [];
  for (let rest = bytes; rest.length > 0;) {
    const element = readDer(rest);
    elements.push(element);
    rest = element.rest;
  }
  return elements;
}

export function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(body)]), body]);
}

function lengthOf({ length }: Buffer): readonly number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}
