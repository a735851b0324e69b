import type { Finding } from './finding.js';
import { assignScope, removeConsent, testAuthorization } from './power-shell.js';
import type { TokenClaims } from './token-claims.js';

/** What runs need of an application. */
export const CALENDARS = 'Calendars.ReadWrite';

/** Each lets an application read the addresses of users. */
const DIRECTORY = [
  'User.ReadBasic.All',
  'User.Read.All',
  'User.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];

/** What was consented to in Entra. What Exchange has assigned is in no token; it shows in each mailbox. */
export function* examinePermissions(subject: string, claims: TokenClaims): Generator<Finding> {
  const { roles } = claims;
  yield roles.includes(CALENDARS) ? unscoped(subject, claims) : scoped(subject);
  const directory = DIRECTORY.find((role) => roles.includes(role));
  if (directory !== undefined) {
    const message = `may read the directory (${directory}).`;
    yield { code: 'directory_readable', level: 'ok', subject, message };
    return;
  }
  yield {
    code: 'directory_unreadable',
    level: 'warning',
    subject,
    message: 'may not read the directory: no User.Read.All in its token.',
    advice:
      'Consent to User.Read.All in Entra. Without it a person who is in a list under two names is two mailboxes to a run.',
  };
}

function unscoped(subject: string, claims: TokenClaims): Finding {
  return {
    code: 'consent_unscoped',
    level: 'warning',
    subject,
    message: `has ${CALENDARS} by consent in Entra, which goes for every mailbox of the organisation.`,
    advice:
      'A scope that Exchange gives it besides (RBAC for Applications) is void as long as the consent is there, whatever ' +
      'InScope says. To limit it, assign the rights with a scope, and take the consent back:',
    commands: [...assignScope(claims), ...removeConsent(claims), testAuthorization(claims, 'president@contoso.com')],
  };
}

function scoped(subject: string): Finding {
  const message = `has no ${CALENDARS} in Entra for all mailboxes: it may what Exchange has assigned to it.`;
  return { code: 'consent_scoped', level: 'ok', subject, message };
}
