import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Application } from '../directory/application.js';
import type { Directory } from '../directory/directory.js';
import type { ServiceAccount } from '../directory/service-account.js';
import { Refusal } from '../sign-in/refusal.js';

/** How long a token lasts, in seconds, as Entra says by default for applications. */
export const LIFETIME_S = 3599;

/** Who a token is of, or why it is of nobody. */
export type Bearer = { readonly application: Application } | { readonly refused: string };

/** What a token is for: an application by itself, or for a user who has signed in to it. */
export interface Grant {
  readonly application: Application;
  readonly tenant: string;
  /** The resource that the scope names: `https://graph.microsoft.com`. */
  readonly audience: string;
  readonly user?: ServiceAccount | undefined;
}

interface Claims {
  readonly aud: string;
  readonly appid: string;
  readonly idtyp: 'app' | 'user';
  readonly exp: number;
  readonly upn?: string;
}

/** Microsoft Graph, in every cloud. */
const GRAPH =
  /^(https:\/\/((dod-)?graph\.microsoft\.(com|us)|microsoftgraph\.chinacloudapi\.cn)\/?|00000003-0000-0000-c000-000000000000)$/;

/** Access tokens: JSON Web Tokens, as Entra's are, signed with a key that this sandbox alone knows. */
export class Tokens {
  private readonly key = randomBytes(32);

  constructor(
    private readonly directory: Directory,
    private readonly now: () => number,
  ) {}

  issue({ application, tenant, audience, user }: Grant): string {
    const issued = Math.floor(this.now() / 1000);
    const claims = {
      aud: audience,
      iss: `https://sts.windows.net/${tenant}/`,
      iat: issued,
      nbf: issued,
      exp: issued + LIFETIME_S,
      appid: application.clientId,
      ...(user === undefined
        ? { idtyp: 'app', ...(application.permissions.length > 0 && { roles: application.permissions }) }
        : { idtyp: 'user', upn: user.user, scp: 'EWS.AccessAsUser.All' }),
      tid: tenant,
      ver: '1.0',
    };
    const signed = `${encoded({ typ: 'JWT', alg: 'HS256' })}.${encoded(claims)}`;
    return `${signed}.${this.signature(signed)}`;
  }

  /** Whose token an Authorization header carries to Graph. @param host as the request names it */
  read(authorization: string | undefined, host: string): Bearer {
    const [, token] = /^bearer +(\S+) *$/i.exec(authorization ?? '') ?? [];
    if (token === undefined) return { refused: 'Access token is empty.' };
    if (!token.includes('.')) return { refused: 'IDX14100: JWT is not well formed, there are no dots (.).' };
    const claims = this.claimsOf(token);
    if (claims === undefined) return { refused: 'Access token validation failure. Invalid signature.' };
    if (this.isExpired(claims)) return { refused: 'Lifetime validation failed, the token is expired.' };
    const isForGraph = GRAPH.test(claims.aud) || isFor(claims.aud, host);
    if (!isForGraph || claims.idtyp !== 'app') return { refused: 'Access token validation failure. Invalid audience.' };
    const application = this.directory.byClientId(claims.appid);
    return application === undefined
      ? { refused: 'The identity of the calling application could not be established.' }
      : { application };
  }

  /**
   * Whose token EWS is given: one for this host, of a user, since EWS on premises takes no application's own.
   * @param host as the request names it @throws Refusal
   */
  accountOf(token: string, host: string): ServiceAccount {
    const claims = this.claimsOf(token);
    if (claims === undefined) throw new Refusal('invalidToken');
    if (this.isExpired(claims)) {
      throw new Refusal('expiredToken', diagnostics(2_000_001, 'The token has expired.', 'invalid_token'));
    }
    if (!isFor(claims.aud, host)) {
      const text = `The audience claim value is invalid for current resource. Audience claim is '${claims.aud}'.`;
      throw new Refusal('wrongAudience', diagnostics(2_000_003, text, 'invalid_resource'));
    }
    if (claims.idtyp === 'app') {
      const text = 'The token is of an application without a user, which this server does not take.';
      throw new Refusal('applicationToken', diagnostics(2_000_008, text, 'invalid_grant'));
    }
    const account = this.directory.accountNamed(claims.upn ?? '');
    if (account === undefined) throw new Refusal('invalidToken');
    if (account.disabled) throw new Refusal('disabled');
    return account;
  }

  private isExpired({ exp }: Claims): boolean {
    return exp * 1000 <= this.now();
  }

  /** @returns undefined for what this sandbox has not signed */
  private claimsOf(token: string): Claims | undefined {
    const [header, payload = '', signature, ...rest] = token.split('.');
    if (signature === undefined || rest.length > 0 || !this.isSigned(`${header}.${payload}`, signature))
      return undefined;
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Claims;
  }

  private isSigned(text: string, signature: string): boolean {
    const [given, right] = [Buffer.from(signature), Buffer.from(this.signature(text))];
    return given.length === right.length && timingSafeEqual(given, right);
  }

  private signature(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url');
  }
}

/** A resource is named by its address; its port says nothing. */
function isFor(audience: string, host: string): boolean {
  try {
    return new URL(audience).hostname === new URL(`https://${host}`).hostname;
  } catch {
    return false;
  }
}

/** The x-ms-diagnostics header. */
function diagnostics(number: number, reason: string, category: string): string {
  return `${number};reason="${reason}";error_category="${category}"`;
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
