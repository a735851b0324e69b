import type { IncomingMessage } from 'node:http';
import { isIPv4 } from 'node:net';

/** Bigger than any honest request to the control API. */
const MAX_BODY = 4 * 1024 * 1024;

/** Why a request to the control API gets nothing. */
export class ControlRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'ControlRefusal';
  }
}

/**
 * Keeps web pages out. A page can send requests to loopback, even under a name of its own that resolves there; so the
 * Host must be loopback or the host that was bound, an Origin likewise, and whatever changes something must come as
 * JSON, which no page can send to another origin without being asked, and nobody here says yes.
 *
 * @throws ControlRefusal
 */
export function checkSource(request: IncomingMessage, host: string): void {
  checkHost(request, host);
  const { origin } = request.headers;
  const page = origin === undefined ? undefined : hostOf(origin);
  if (origin !== undefined && (page === undefined || !(isLoopback(page) || page === bare(host)))) {
    throw new ControlRefusal(403, 'Origin: web pages of other hosts may not use the control API');
  }
  if (request.headers['sec-fetch-site'] === 'cross-site') {
    throw new ControlRefusal(403, 'Sec-Fetch-Site: web pages of other sites may not use the control API');
  }
  const changes = request.method === 'POST' || request.method === 'PUT';
  if (changes && !/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new ControlRefusal(415, 'Content-Type: the control API takes application/json');
  }
}

/** @throws ControlRefusal for a name that is neither loopback nor the host that was bound */
export function checkHost(request: IncomingMessage, host: string): void {
  const named = hostOf(`http://${request.headers.host ?? ''}`);
  if (named === undefined || !(isLoopback(named) || named === bare(host))) {
    throw new ControlRefusal(403, `Host: control API and page answer on loopback names and on ${host}`);
  }
}

/** The JSON of a body; an empty object where there is none. @throws ControlRefusal */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY) chunks.push(chunk);
  }
  if (size > MAX_BODY) throw new ControlRefusal(413, 'the body is longer than 4 MB');
  if (size === 0) return {};
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    throw new ControlRefusal(400, `the body is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function hostOf(url: string): string | undefined {
  try {
    return bare(new URL(url).hostname);
  } catch {
    return undefined;
  }
}

function bare(host: string): string {
  return host.replaceAll(/[[\]]/g, '').toLowerCase();
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}
