import { Scope } from './scope.js';

/** An account that signs in, and the mailboxes that it may impersonate. */
export interface ServiceAccountSeed {
  /** The name to sign in with: `svc-calendar`, `CONTOSO\svc` or `svc@contoso.com`, which are one where the rest is. */
  user: string;
  /** The password for Basic and NTLM; without one, they are refused for this account. */
  password?: string;
  /** The token that `Authorization: Bearer` must carry; without one, Bearer is refused for this account. */
  token?: string;
  /** Whom it may impersonate: `["*@contoso.com", "!boss@contoso.com"]`. Nobody where it is left out. */
  impersonates?: readonly string[];
  /** It may not sign in, whatever it brings. */
  disabled?: boolean;
}

export interface ServiceAccount {
  readonly user: string;
  readonly password: string | undefined;
  readonly token: string | undefined;
  readonly scope: Scope;
  readonly disabled: boolean;
}

export function makeServiceAccount(seed: ServiceAccountSeed): ServiceAccount {
  if (seed.user === '') throw new TypeError('serviceAccounts: an account needs a user name');
  if (seed.user.includes(':'))
    throw new TypeError(`serviceAccounts: "${seed.user}" has a colon, which Basic cannot carry`);
  if (seed.password === undefined && seed.token === undefined) {
    throw new TypeError(`serviceAccounts: ${seed.user} needs a password, a token, or both`);
  }
  const { user, password, token, impersonates = [], disabled = false } = seed;
  return { user, password, token, scope: new Scope(impersonates), disabled };
}
