import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Application } from '../directory/application.js';
import type { Directory } from '../directory/directory.js';

/** How long a token lasts, in seconds, as Entra says by default for applications. */
export const LIFETIME_S = 3599;

/** Who a token is of, or why it is of nobody. */
export type Bearer = { readonly application: Application } | { readonly refused: string };

/** Access tokens: JSON Web Tokens, as Entra's are, signed with a key that this sandbox alone knows. */
export class Tokens {
  private readonly key = randomBytes(32);

  constructor(
    private readonly directory: Directory,
    private readonly now: () => number,
  ) {}

  issue({ clientId }: Application, tenant: string): string {
    const issued = Math.floor(this.now() / 1000);
    const claims = {
      aud: 'https://graph.microsoft.com',
      iss: `https://sts.windows.net/${tenant}/`,
      iat: issued,
      nbf: issued,
      exp: issued + LIFETIME_S,
      appid: clientId,
      idtyp: 'app',
      roles: ['Calendars.ReadWrite', 'MailboxSettings.Read', 'User.Read.All'],
      tid: tenant,
      ver: '1.0',
    };
    const signed = `${encoded({ typ: 'JWT', alg: 'HS256' })}.${encoded(claims)}`;
    return `${signed}.${this.signature(signed)}`;
  }

  /** Whose token an Authorization header carries. */
  read(authorization: string | undefined): Bearer {
    const [, token] = /^bearer +(\S+) *$/i.exec(authorization ?? '') ?? [];
    if (token === undefined) return { refused: 'Access token is empty.' };
    const [header, payload, signature, ...rest] = token.split('.');
    if (payload === undefined) {
      return { refused: 'IDX14100: JWT is not well formed, there are no dots (.).' };
    }
    if (signature === undefined || rest.length > 0 || !this.isSigned(`${header}.${payload}`, signature)) {
      return { refused: 'Access token validation failure. Invalid signature.' };
    }
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { appid: string; exp: number };
    if (claims.exp * 1000 <= this.now()) {
      return { refused: 'Lifetime validation failed, the token is expired.' };
    }
    const application = this.directory.byClientId(claims.appid);
    return application === undefined
      ? { refused: 'The identity of the calling application could not be established.' }
      : { application };
  }

  private isSigned(text: string, signature: string): boolean {
    const [given, right] = [Buffer.from(signature), Buffer.from(this.signature(text))];
    return given.length === right.length && timingSafeEqual(given, right);
  }

  private signature(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url');
  }
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
