import { Scope } from './scope.js';

/** An account that signs in, and the mailboxes that it may impersonate. */
export interface ServiceAccountSeed {
  /** The name to sign in with: `svc-calendar`, `CONTOSO\svc` or `svc@contoso.com`. */
  user: string;
  /** The password for Basic; without one, Basic is refused for this account. */
  password?: string;
  /** The token that `Authorization: Bearer` must carry; without one, Bearer is refused for this account. */
  token?: string;
  /** Whom it may impersonate: `["*@contoso.com", "!boss@contoso.com"]`. Nobody where it is left out. */
  impersonates?: readonly string[];
}

export interface ServiceAccount {
  readonly user: string;
  readonly password: string | undefined;
  readonly token: string | undefined;
  readonly scope: Scope;
}

export function makeServiceAccount(seed: ServiceAccountSeed): ServiceAccount {
  if (seed.user === '') throw new TypeError('serviceAccounts: an account needs a user name');
  if (seed.user.includes(':'))
    throw new TypeError(`serviceAccounts: "${seed.user}" has a colon, which Basic cannot carry`);
  if (seed.password === undefined && seed.token === undefined) {
    throw new TypeError(`serviceAccounts: ${seed.user} needs a password, a token, or both`);
  }
  return { user: seed.user, password: seed.password, token: seed.token, scope: new Scope(seed.impersonates ?? []) };
}
