/** What a token says of who has it. Only Graph may judge by it; a person wants to know. */
export interface TokenClaims {
  /** The application's (client) id. */
  readonly application: string | undefined;
  /** The id of its service principal: Exchange's ObjectId. */
  readonly servicePrincipal: string | undefined;
  /** The application permissions that were consented to in Entra. */
  readonly roles: readonly string[];
  /** It is for a user who has signed in to the application. */
  readonly isOfUser: boolean;
}

/** @returns undefined for a token that is no JSON Web Token */
export function claimsIn(token: string): TokenClaims | undefined {
  const [, payload = '', ...rest] = token.split('.');
  if (rest.length !== 1) return undefined;
  try {
    const { appid, azp, oid, roles, scp } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Readonly<
      Record<string, unknown>
    >;
    return {
      application: textOf(appid) ?? textOf(azp),
      servicePrincipal: textOf(oid),
      roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [],
      isOfUser: textOf(scp) !== undefined,
    };
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
