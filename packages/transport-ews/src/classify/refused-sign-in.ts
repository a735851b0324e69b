import type { IncomingHttpHeaders } from 'node:http';

const LONGEST = 300;

/** What to do about a sign-in that is refused. */
export const REFUSED_SIGN_IN_HINT =
  'Check the service account, its password or token, and which sign-in schemes the server offers.';

/**
 * What the server says about a sign-in that it refuses: header x-ms-diagnostics, and `error` and `error_description` of
 * the challenge Bearer (RFC 6750, 3). None of them repeats the token.
 */
export function refusedSignIn(headers: IncomingHttpHeaders): string {
  const challenges = [headers['www-authenticate'] ?? []].flat().join(', ');
  const error = /\berror="([^"]*)"/.exec(challenges)?.[1];
  const description = /\berror_description="((?:[^"\\]|\\.)*)"/.exec(challenges)?.[1];
  const diagnostics = [headers['x-ms-diagnostics'] ?? []].flat()[0];
  const said = [error, description, diagnostics].filter((text) => text !== undefined && text !== '').join('; ');
  return said === '' ? '' : `: ${said.slice(0, LONGEST)}`;
}
