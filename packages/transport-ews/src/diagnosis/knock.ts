import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { DiagnosisRequest } from '@appointed/core';
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
 * @throws Error when there is no answer
 */
export function knock({ address, ca }: Site, { signal, timeoutMs }: DiagnosisRequest): Promise<Knock> {
  const isSecure = address.protocol === 'https:';
  // Nothing is asked or told that needs trust; and what is wrong with a certificate is read off it.
  const options = { agent: false, signal, ...(isSecure ? { rejectUnauthorized: false, ca } : {}) };
  const askedAt = Date.now();
  return new Promise((resolve, reject) => {
    const request = (isSecure ? secureRequest : plainRequest)(address, options, (response) => {
      resolve(read(response, (askedAt + Date.now()) / 2));
      response.destroy();
    });
    const late = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    request
      .on('error', reject)
      .on('close', () => clearTimeout(late))
      .end();
  });
}

function read(response: IncomingMessage, ownTime: number): Knock {
  const { statusCode = 0, headers, headersDistinct, socket } = response;
  const serverTime = Date.parse(headers.date ?? '');
  return {
    status: statusCode,
    challenges: headersDistinct['www-authenticate'] ?? [],
    location: headers.location,
    serverTime: Number.isNaN(serverTime) ? undefined : serverTime,
    ownTime,
    certificate: socket instanceof TLSSocket ? certificateOf(socket) : undefined,
  };
}
