import { TLSSocket } from 'node:tls';
import type { DiagnosisRequest } from '@appointed/core';
import type { Dispatcher } from 'undici';
import { Connection } from '../http/connection.js';
import { connectorTo } from '../http/connector.js';
import { type Certificate, certificateOf } from './certificate.js';
import type { Site } from './site.js';

/** What a server says to somebody whom it does not know. */
export interface Knock {
  readonly status: number;
  /** The values of the header WWW-Authenticate. */
  readonly challenges: readonly string[];
  /** Where it redirects to. */
  readonly location: string | undefined;
  /** The header Date, in milliseconds since the epoch: the second that had begun. */
  readonly serverTime: number | undefined;
  /** Here, in the middle between the question and the answer; milliseconds since the epoch. */
  readonly ownTime: number;
  /** Absent over plain HTTP. */
  readonly certificate: Certificate | undefined;
}

/**
 * A GET of the service's address without credentials, over a connection of its own.
 * @throws Error when there is no answer; AppointedError `invalid_options`
 */
export async function knock({ address, ca }: Site, { signal, timeoutMs }: DiagnosisRequest): Promise<Knock> {
  const { origin, pathname, search } = address;
  // Nothing is asked or told that needs trust; and what is wrong with a certificate is read off it.
  const connection = new Connection(origin, {}, connectorTo({ origin, ca }, true));
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  const askedAt = Date.now();
  try {
    const either = AbortSignal.any([signal, late.signal]);
    const answer = await connection.client.request({ method: 'GET', path: pathname + search, signal: either });
    return read(answer, connection, (askedAt + Date.now()) / 2);
  } finally {
    clearTimeout(timer);
    await connection.client.destroy();
  }
}

function read({ statusCode, headers }: Dispatcher.ResponseData, { socket }: Connection, ownTime: number): Knock {
  const { date, location, 'www-authenticate': challenges = [] } = headers;
  const serverTime = Date.parse(String(date));
  return {
    status: statusCode,
    challenges: [challenges].flat(),
    location: typeof location === 'string' ? location : undefined,
    serverTime: Number.isNaN(serverTime) ? undefined : serverTime,
    ownTime,
    certificate: socket instanceof TLSSocket ? certificateOf(socket) : undefined,
  };
}
