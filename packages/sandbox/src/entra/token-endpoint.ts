import type { Application } from '../directory/application.js';
import type { Directory } from '../directory/directory.js';
import type { ServiceAccount } from '../directory/service-account.js';
import type { Answer } from '../http/answer.js';
import { requestId } from '../http/request-id.js';
import { isSameSecret } from '../sign-in/same-secret.js';
import { EntraError } from './entra-error.js';
import { type Grant, LIFETIME_S, type Tokens } from './tokens.js';

const PATH = /^\/([^/]+)\/oauth2\/v2\.0\/token$/i;
const HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store, no-cache' };

/** What the log calls a request for a token. */
export const TOKEN_OPERATION = 'POST /oauth2/v2.0/token';

/**
 * Entra's token endpoint, `/{tenant}/oauth2/v2.0/token`: client credentials, and passwords of service accounts, for the
 * tokens of users that EWS on premises wants. Every tenant's name will do.
 */
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
      const grant = this.granted(new URLSearchParams(body), authorization, tenant);
      const token = {
        token_type: 'Bearer',
        expires_in: LIFETIME_S,
        ext_expires_in: LIFETIME_S,
        access_token: this.tokens.issue(grant),
      };
      const answer = { status: 200, headers: HEADERS, body: JSON.stringify(token) };
      return { answer, clientId: grant.application.clientId };
    } catch (error) {
      if (!(error instanceof EntraError)) throw error;
      const answer = { status: error.status, headers: HEADERS, body: JSON.stringify(this.errorJson(error)) };
      return { answer };
    }
  }

  private granted(form: URLSearchParams, authorization: string | undefined, tenant: string): Grant {
    const basic = readBasic(authorization);
    const type = form.get('grant_type');
    if (type === null) throw EntraError.missing('grant_type');
    if (type !== 'client_credentials' && type !== 'password') {
      const text = `The app requested an unsupported grant type '${type}'.`;
      throw new EntraError(400, 'unsupported_grant_type', 70003, text);
    }
    const clientId = form.get('client_id') ?? basic?.id;
    if (clientId === undefined) throw EntraError.missing('client_id');
    const audience = readAudience(form.get('scope'), type);
    const application = this.application(clientId, tenant);
    const secret = form.get('client_secret') ?? basic?.secret;
    // Applications that people sign in to keep no secret.
    if (type === 'client_credentials' || secret !== undefined) checkSecret(secret, application);
    return { application, tenant, audience, user: type === 'password' ? this.user(form) : undefined };
  }

  private application(clientId: string, tenant: string): Application {
    const application = this.directory.byClientId(clientId);
    if (application === undefined) {
      const text =
        `Application with identifier '${clientId}' was not found in the directory '${tenant}'. This can happen if the ` +
        'application has not been installed by the administrator of the tenant or consented to by any user in the tenant.';
      throw new EntraError(400, 'unauthorized_client', 700016, text);
    }
    return application;
  }

  private user(form: URLSearchParams): ServiceAccount {
    const [name, password] = [form.get('username'), form.get('password')];
    if (name === null) throw EntraError.missing('username');
    if (password === null) throw EntraError.missing('password');
    const account = this.directory.accountNamed(name);
    if (account?.password === undefined || !isSameSecret(password, account.password)) {
      const text = 'Error validating credentials due to invalid username or password.';
      throw new EntraError(400, 'invalid_grant', 50126, text);
    }
    if (account.disabled) throw new EntraError(400, 'invalid_grant', 50057, 'The user account is disabled.');
    return account;
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

/** One resource: applications get all that they have been given of it, users may name a permission. */
function readAudience(scope: string | null, type: string): string {
  if (scope === null) throw EntraError.missing('scope');
  const [, resource, permission] = /^(\S+)\/([^/\s]+)$/.exec(scope) ?? [];
  if (resource !== undefined && (permission === '.default' || type === 'password')) return resource;
  const text =
    `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with ` +
    '/.default suffixed to the resource identifier (application ID URI).';
  throw new EntraError(400, 'invalid_scope', 1_002_012, text);
}

function checkSecret(secret: string | undefined, { clientId, clientSecret }: Application): void {
  if (secret === undefined) {
    const text = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
    throw new EntraError(401, 'invalid_client', 7000218, text);
  }
  if (isSameSecret(secret, clientSecret)) return;
  const text =
    'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not ' +
    `the client secret ID, for a secret added to app '${clientId}'.`;
  throw new EntraError(401, 'invalid_client', 7000215, text);
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
