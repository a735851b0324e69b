import type { DiagnosisRequest } from '@appointed/core';
import { AccessTokens } from '../sign-in/access-tokens.js';
import { inTime, withoutToken } from '../sign-in/await-token.js';
import type { Finding } from './finding.js';
import { examinePermissions } from './permissions.js';
import type { Site } from './site.js';
import { claimsIn, type TokenClaims } from './token-claims.js';

/** Whoever it is: of a credential only Entra knows. */
export const NAMELESS = 'the application';

/**
 * Asks for a token, and looks at what it says.
 * @returns undefined where there is no sense in asking more; nothing in it where it cannot be read
 */
export async function* examineSignIn(
  { credential, address }: Site,
  { signal, timeoutMs }: DiagnosisRequest,
): AsyncGenerator<Finding, Partial<TokenClaims> | undefined> {
  let token: string;
  try {
    token = await inTime(() => new AccessTokens(credential, address.scope).get(), Date.now() + timeoutMs, signal);
  } catch (cause) {
    if (!signal.aborted) yield refused(cause, signal);
    return undefined;
  }
  const claims = claimsIn(token);
  const subject = claims?.application ?? NAMELESS;
  yield { code: 'signed_in', level: 'ok', subject, message: `got a token for ${address.scope}.` };
  if (claims === undefined) {
    yield unreadable(subject);
    return {};
  }
  if (claims.isOfUser) {
    yield ofUser(subject);
    return undefined;
  }
  yield* examinePermissions(subject, claims);
  return claims;
}

function refused(cause: unknown, signal: AbortSignal): Finding {
  const [told = ''] = (cause instanceof Error ? cause.message : String(cause)).split(/\r?\n| Trace ID:/, 1);
  const why = told.replace(/\.$/, '');
  const { error } = withoutToken(cause, { kind: 'smtp', id: NAMELESS, attributes: {} }, signal);
  const subject = NAMELESS;
  if (error.code !== 'sign_in_failed') {
    const advice =
      'Check the authority and the tenant of the credential, the firewall and the proxy: tokens come from ' +
      'login.microsoftonline.com, or from that of the national cloud.';
    return { code: 'entra_unreachable', level: 'problem', subject, message: `got no token: ${why}.`, advice };
  }
  const [, number = ''] = /\bAADSTS(\d+)\b/.exec(why) ?? [];
  return {
    code: 'sign_in_refused',
    level: 'problem',
    subject,
    message: `is refused a token: ${why}.`,
    advice: adviceFor(number),
  };
}

/** By the number that Entra gives; what is not here, it explains itself. */
const ADVICE: Readonly<Record<string, string>> = {
  '7000215': 'Give the value of the client secret, not its id. It is shown once, when it is made.',
  '7000222': 'The client secret has ended. Make a new one, or use a certificate.',
  '700016':
    'Check the client id and the tenant: the application is registered elsewhere, or nobody there has consented.',
  '7000229': 'Check the client id and the tenant: nobody there has consented to the application.',
  '90002':
    'Check the tenant: its id, or one of its domains; and the authority, which national clouds have of their own.',
  '900023': 'Check the tenant: its id, or one of its domains.',
  '700027': 'Upload the certificate, without its key, to the application: Certificates & secrets, in Entra.',
  '700024': 'Set the clock of this machine by a time server.',
  '7000112': 'The application is switched off: Enterprise applications, Properties, Enabled for users to sign in.',
  '53003': 'A Conditional Access policy for workload identities keeps it out. Let this machine in, by its address.',
};

function adviceFor(number: string): string {
  if (number === '') return 'Check how the credential is made: tenant, client id, secret or certificate.';
  return ADVICE[number] ?? `Entra explains it at https://login.microsoftonline.com/error?code=${number}.`;
}

function unreadable(subject: string): Finding {
  const message = 'has a token that does not tell its permissions.';
  const advice = 'They show below, in what it may do.';
  return { code: 'token_unreadable', level: 'skipped', subject, message, advice };
}

function ofUser(subject: string): Finding {
  const message = "has a token of a user who has signed in to it, which opens that user's calendar alone.";
  const advice = 'Use a credential of the application itself: a client secret, a certificate or a managed identity.';
  return { code: 'token_of_user', level: 'problem', subject, message, advice };
}
