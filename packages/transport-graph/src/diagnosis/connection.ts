import type { DiagnosisRequest } from '@appointed/core';
import { HttpClient, type HttpResult } from '../http/http-client.js';
import { examineClock } from './clock.js';
import type { Finding } from './finding.js';
import { callFor, type Site } from './site.js';

/**
 * The way to Graph, by one GET without a token, over the connection that runs would have: address, certificate, clock.
 * @returns whether it makes sense to sign in
 */
export async function* examineConnection(site: Site, request: DiagnosisRequest): AsyncGenerator<Finding, boolean> {
  const { host, origin, path } = site.address;
  const http = new HttpClient(origin);
  const askedAt = Date.now();
  const headers = { accept: 'application/json', 'user-agent': 'Appointed' };
  const result = await http.send({ method: 'GET', path: `${path}/users`, headers, ...callFor(request) });
  const ownTime = (askedAt + Date.now()) / 2;
  await http.close();
  if (request.signal.aborted) return false;
  if (result.kind === 'failure') {
    const why = result.cause.message;
    yield /certificate/i.test(why) ? untrusted(host, why) : unreachable(host, why);
    return false;
  }
  yield origin.startsWith('https:') ? trusted(host) : local(host);
  yield examineClock(host, result.headers.date, ownTime);
  const wrong = examineAnswer(site, result);
  if (wrong !== undefined) yield wrong;
  return wrong === undefined;
}

/** There is no way to it. */
export function unreachable(subject: string, why: string): Finding {
  const message = `cannot be reached: ${why}.`;
  const advice =
    'Check baseUrl, the name server, the firewall and the proxy: this machine must get to it directly, by HTTPS.';
  return { code: 'server_unreachable', level: 'problem', subject, message, advice };
}

/** It is there, and down. */
export function unavailable(subject: string, what: string): Finding {
  const advice = 'Try again; if it stays so, look at the service health in the Microsoft 365 admin centre.';
  return { code: 'service_unavailable', level: 'problem', subject, message: `${what}.`, advice };
}

function untrusted(subject: string, why: string): Finding {
  const advice =
    'A proxy that looks into what passes signs with a certificate of its own: give its authority in NODE_EXTRA_CA_CERTS, ' +
    'or let this machine pass it by. No token was sent.';
  const message = `has a certificate that is not trusted: ${why}.`;
  return { code: 'certificate_untrusted', level: 'problem', subject, message, advice };
}

function trusted(subject: string): Finding {
  return { code: 'certificate_trusted', level: 'ok', subject, message: 'has a certificate that this machine trusts.' };
}

function local(subject: string): Finding {
  return { code: 'connection_local', level: 'ok', subject, message: 'is this machine: plain HTTP stays on it.' };
}

/** Who brings no token is told so, by Graph in a code of its own. */
function examineAnswer(
  { address }: Site,
  { status, headers, body }: Extract<HttpResult, { kind: 'response' }>,
): Finding | undefined {
  const { host, path } = address;
  if (status >= 500) return unavailable(host, `answers ${status}`);
  if (status === 404 || (status >= 300 && status < 400)) {
    const to = headers.location === undefined ? '' : ` to ${headers.location}`;
    const message = status === 404 ? `has nothing at ${path} (404).` : `redirects${to} (${status}).`;
    const advice = 'Give baseUrl with its version, as in https://graph.microsoft.com/v1.0.';
    return { code: 'address_wrong', level: 'problem', subject: host, message, advice };
  }
  if (status === 401 && body.includes('"InvalidAuthenticationToken"')) return undefined;
  const message = `does not answer as Microsoft Graph does: ${status} to a request without a token.`;
  const advice = 'Another site, a sign-in page or a proxy answers in its place. Check baseUrl, and what is between.';
  return { code: 'not_graph', level: 'problem', subject: host, message, advice };
}
