import type { IncomingMessage } from 'node:http';

/**
 * The whole body; undefined if the client goes away meanwhile. What is too big is read to its end, and dropped. By
 * events, since an async iteration costs as much as parsing does.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | 'too big' | undefined> {
  return new Promise((resolve) => {
    // Gone while it waited to be read: nothing more will be heard of it.
    if (request.destroyed) return resolve(undefined);
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on('end', () => resolve(size > limit ? 'too big' : joined(chunks)));
    request.on('error', () => resolve(undefined));
  });
}

/** Chunks in one, without a byte order mark. */
function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks;
  const body = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body;
}
