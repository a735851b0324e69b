import type { IncomingHttpHeaders } from 'node:http';
import { schemesIn } from '../http/schemes-in.js';

const LONGEST = 300;

/** What to do about a sign-in that is refused. */
export const REFUSED_SIGN_IN_HINT =
  'Check the service account, its password or token, and which sign-in schemes the server offers.';

/**
 * What the server says about a sign-in that it refuses: header x-ms-diagnostics, and `error` and `error_description` of
 * the challenge Bearer (RFC 6750, 3), none of which repeats the token; and the schemes that it offers.
 */
export function refusedSignIn(headers: IncomingHttpHeaders): string {
  const values = [headers['www-authenticate'] ?? []].flat();
  const challenges = values.join(', ');
  const error = /\berror="([^"]*)"/.exec(challenges)?.[1];
  const description = /\berror_description="((?:[^"\\]|\\.)*)"/.exec(challenges)?.[1];
  const diagnostics = [headers['x-ms-diagnostics'] ?? []].flat()[0];
  const offered = schemesIn(values).join(', ');
  const offer = offered === '' ? undefined : `it offers ${offered}`;
  const said = [error, description, diagnostics, offer].filter((text) => text !== undefined && text !== '').join('; ');
  return said === '' ? '' : `: ${said.slice(0, LONGEST)}`;
}
