import type { IncomingHttpHeaders } from 'node:http';
import { AppointedError } from '@appointed/core';
import { noSafeWay } from '../classify/no-safe-way.js';
import type { EwsCredentials } from '../credentials/credentials.js';
import { NtlmCredentials } from '../credentials/ntlm.js';
import type { ConnectionSignIn } from '../http/connection-sign-in.js';
import { SignIn } from '../credentials/sign-in.js';
import { REFUSED_SIGN_IN_HINT, refusedSignIn } from '../classify/refused-sign-in.js';
import { HttpClient, type HttpRequest, type HttpResult } from '../http/http-client.js';
import { schemesIn } from '../http/schemes-in.js';
import type { AutodiscoverOptions } from './autodiscover.js';
import { type PoxAnswer, poxAnswer, poxRequest } from './pox.js';

const TIMEOUT_MS = 10_000;
const HEADERS = ['user-agent', 'Appointed'];

/**
 * Asks for the JSON of Autodiscover V2, which servers give to everybody: without credentials.
 * @param address of the host, or where it redirected to
 */
export async function askV2(address: URL, { email, ca }: AutodiscoverOptions): Promise<PoxAnswer> {
  const http = new HttpClient({ origin: address.origin, ca });
  try {
    const path = pathOf(address, `/autodiscover/autodiscover.json/v1.0/${encodeURIComponent(email)}?Protocol=EWS`);
    const headers = ['accept', 'application/json', ...HEADERS];
    const result = await http.post({ ...limits(), path, method: 'GET', headers, body: '' });
    return result.kind === 'response' && result.status === 200
      ? urlIn(result.body.toString('utf8'))
      : elsewhere(result);
  } finally {
    await http.close();
  }
}

/**
 * Asks for Autodiscover's plain old XML: without credentials, and signed in where the server wants that.
 * @param address of the host, or where it redirected to
 * @throws AppointedError `sign_in_failed`: no other host is asked then, since the same password once more would only bring
 *   the account nearer to being locked
 */
export async function askPox(address: URL, { email, credentials, ca }: AutodiscoverOptions): Promise<PoxAnswer> {
  const path = pathOf(address, '/autodiscover/autodiscover.xml');
  const body = poxRequest(email);
  const ask = async (signIn?: ConnectionSignIn, authorization?: string): Promise<HttpResult> => {
    const http = new HttpClient({ origin: address.origin, ca, signIn });
    const signed = authorization === undefined ? [] : ['authorization', authorization];
    const headers = ['content-type', 'text/xml; charset=utf-8', ...HEADERS, ...signed];
    return http.post({ ...limits(), path, headers, body }).finally(() => http.close());
  };
  let result = await ask();
  if (result.kind === 'response' && result.status === 401) {
    if (!asksFor(credentials, result.headers))
      return { kind: 'nothing', why: `does not offer to sign in by ${credentials.scheme}` };
    const signIn = credentials instanceof NtlmCredentials ? credentials : undefined;
    const signedIn = new SignIn(credentials, address);
    const { signal } = new AbortController();
    try {
      result = await signedIn.send((authorization) => ask(signIn, authorization), Date.now() + TIMEOUT_MS, signal);
    } catch (cause) {
      throw refused(address, `: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
    }
    if (result.kind === 'response' && result.status === 401) throw refused(address, refusedSignIn(result.headers));
  }
  return result.kind === 'response' && result.status === 200
    ? poxAnswer(result.body.toString('utf8'))
    : elsewhere(result);
}

/** A password is for a server that asks for it so. Not all that take tokens say it, and a token is good for one host. */
function asksFor({ scheme }: EwsCredentials, headers: IncomingHttpHeaders): boolean {
  const offered = schemesIn([headers['www-authenticate'] ?? []].flat()).map((name) => name.toLowerCase());
  return scheme === 'Bearer' || offered.includes(scheme.toLowerCase());
}

function limits(): Pick<HttpRequest, 'signal' | 'sendBy' | 'timeoutMs'> {
  return { signal: new AbortController().signal, sendBy: Date.now() + TIMEOUT_MS, timeoutMs: TIMEOUT_MS };
}

/** A host that was not redirected to is asked at the place where Autodiscover is by default. */
function pathOf({ pathname, search }: URL, byDefault: string): string {
  return pathname === '/' ? byDefault : pathname + search;
}

function urlIn(body: string): PoxAnswer {
  try {
    const { Url: url } = JSON.parse(body) as { readonly Url?: unknown };
    if (typeof url === 'string') return { kind: 'service', url };
  } catch {
    // Another site answers 200 with a page of its own.
  }
  return { kind: 'nothing', why: 'answers what is no Autodiscover V2' };
}

function elsewhere(result: HttpResult): PoxAnswer {
  if (result.kind === 'failure') {
    const { reason, cause } = result;
    return { kind: 'nothing', why: `is not reached: ${reason === 'unusable' ? noSafeWay(cause).said : cause.message}` };
  }
  const { location } = result.headers;
  if (result.status >= 300 && result.status < 400 && location !== undefined) return { kind: 'redirect', url: location };
  return { kind: 'nothing', why: `answers ${result.status}` };
}

function refused({ host }: URL, why: string, cause?: unknown): AppointedError {
  const hint = REFUSED_SIGN_IN_HINT;
  return new AppointedError('sign_in_failed', `Autodiscover at ${host} refused to sign in${why}`, { hint, cause });
}
