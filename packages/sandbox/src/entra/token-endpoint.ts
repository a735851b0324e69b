import { createHash, timingSafeEqual } from 'node:crypto';
import type { Application } from '../directory/application.js';
import type { Directory } from '../directory/directory.js';
import type { Answer } from '../http/answer.js';
import { requestId } from '../http/request-id.js';
import { EntraError } from './entra-error.js';
import { LIFETIME_S, type Tokens } from './tokens.js';

const PATH = /^\/([^/]+)\/oauth2\/v2\.0\/token$/i;
const HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store, no-cache' };

/** What the log calls a request for a token. */
export const TOKEN_OPERATION = 'POST /oauth2/v2.0/token';

/** Entra's token endpoint, as far as client credentials go: `/{tenant}/oauth2/v2.0/token`. Every tenant's name will do. */
export class TokenEndpoint {
  constructor(
    private readonly directory: Directory,
    private readonly tokens: Tokens,
    private readonly now: () => number,
  ) {}

  /** @param path with its tenant, in any case */
  static serves(path: string): boolean {
    return PATH.test(path);
  }

  /** @param body form fields @param authorization Basic with the client's id and secret, where the body has none */
  answer(path: string, body: string, authorization: string | undefined): { answer: Answer; clientId?: string } {
    const [, tenant = ''] = PATH.exec(path) ?? [];
    try {
      const application = this.authenticated(new URLSearchParams(body), authorization, tenant);
      const token = {
        token_type: 'Bearer',
        expires_in: LIFETIME_S,
        ext_expires_in: LIFETIME_S,
        access_token: this.tokens.issue(application, tenant),
      };
      const answer = { status: 200, headers: HEADERS, body: JSON.stringify(token) };
      return { answer, clientId: application.clientId };
    } catch (error) {
      if (!(error instanceof EntraError)) throw error;
      const answer = { status: error.status, headers: HEADERS, body: JSON.stringify(this.errorJson(error)) };
      return { answer };
    }
  }

  private authenticated(form: URLSearchParams, authorization: string | undefined, tenant: string): Application {
    const basic = readBasic(authorization);
    const clientId = form.get('client_id') ?? basic?.id;
    const grant = form.get('grant_type');
    if (grant === null) throw EntraError.missing('grant_type');
    if (grant !== 'client_credentials') {
      throw new EntraError(
        400,
        'unsupported_grant_type',
        70003,
        `The app requested an unsupported grant type '${grant}'.`,
      );
    }
    if (clientId === undefined) throw EntraError.missing('client_id');
    checkScope(form.get('scope'));
    const application = this.directory.byClientId(clientId);
    if (application === undefined) {
      const text =
        `Application with identifier '${clientId}' was not found in the directory '${tenant}'. This can happen if the ` +
        'application has not been installed by the administrator of the tenant or consented to by any user in the tenant.';
      throw new EntraError(400, 'unauthorized_client', 700016, text);
    }
    const secret = form.get('client_secret') ?? basic?.secret;
    if (secret === undefined) {
      const text = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
      throw new EntraError(401, 'invalid_client', 7000218, text);
    }
    if (!isSame(secret, application.clientSecret)) {
      const text =
        'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not ' +
        `the client secret ID, for a secret added to app '${clientId}'.`;
      throw new EntraError(401, 'invalid_client', 7000215, text);
    }
    return application;
  }

  private errorJson({ error, number, message }: EntraError): object {
    const [trace, correlation] = [requestId(), requestId()];
    const time = `${new Date(this.now()).toISOString().slice(0, 19).replace('T', ' ')}Z`;
    return {
      error,
      error_description: `AADSTS${number}: ${message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${time}`,
      error_codes: [number],
      timestamp: time,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${number}`,
    };
  }
}

/** Applications get all that they have been given, of one resource. */
function checkScope(scope: string | null): void {
  if (scope === null) throw EntraError.missing('scope');
  if (/^\S+\/\.default$/.test(scope)) return;
  const text =
    `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with ` +
    '/.default suffixed to the resource identifier (application ID URI).';
  throw new EntraError(400, 'invalid_scope', 1_002_012, text);
}

function readBasic(authorization: string | undefined): { id: string; secret: string } | undefined {
  const [, value] = /^basic +(\S+) *$/i.exec(authorization ?? '') ?? [];
  if (value === undefined) return undefined;
  const [id = '', ...secret] = Buffer.from(value, 'base64').toString('utf8').split(':');
  return { id: formDecoded(id), secret: formDecoded(secret.join(':')) };
}

/** RFC 6749 has both encoded as form fields are. */
function formDecoded(text: string): string {
  return new URLSearchParams(`value=${text.replaceAll('&', '%26')}`).get('value') ?? '';
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
