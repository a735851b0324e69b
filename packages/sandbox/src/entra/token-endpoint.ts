import type { Application } from '../directory/application.js';
import type { Directory } from '../directory/directory.js';
import type { ServiceAccount } from '../directory/service-account.js';
import type { Answer } from '../http/answer.js';
import { requestId } from '../http/request-id.js';
import { isSameSecret } from '../sign-in/same-secret.js';
import { checkProof } from './client-proof.js';
import { EntraError } from './entra-error.js';
import { type Grant, LIFETIME_S, type Tokens } from './tokens.js';

const PATH = /^\/([^/]+)\/oauth2\/v2\.0\/token$/i;
const HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store, no-cache' };

/** What the log calls a request for a token. */
export const TOKEN_OPERATION = 'POST /oauth2/v2.0/token';

/**
 * Entra's token endpoint, `/{tenant}/oauth2/v2.0/token`: client credentials, and passwords of service accounts, for the
 * tokens of users that EWS on premises wants. Every tenant's name will do where no application says which is its own.
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
      const grant = this.granted(new URLSearchParams(body), authorization, { path, tenant });
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

  private granted(form: URLSearchParams, authorization: string | undefined, { path, tenant }: Where): Grant {
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
    if (type === 'client_credentials' || secret !== undefined) {
      const [assertion, assertionType] = ['client_assertion', 'client_assertion_type'].map(
        (name) => form.get(name) ?? undefined,
      );
      checkProof({ secret, assertion, assertionType }, application, path, this.now());
    }
    return { application, tenant, audience, user: type === 'password' ? this.user(form) : undefined };
  }

  private application(clientId: string, tenant: string): Application {
    const { applications } = this.directory;
    const isThere = (one: Application): boolean =>
      one.tenant === undefined || one.tenant.toLowerCase() === tenant.toLowerCase();
    if (applications.length > 0 && !applications.some(isThere)) {
      const text =
        `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the ` +
        'correct cloud. Check with your subscription administrator, this may happen if there are no active ' +
        'subscriptions for the tenant.';
      throw new EntraError(400, 'invalid_request', 90002, text);
    }
    const application = this.directory.byClientId(clientId);
    if (application === undefined || !isThere(application)) {
      const text =
        `Application with identifier '${clientId}' was not found in the directory '${tenant}'. This can happen if the ` +
        'application has not been installed by the administrator of the tenant or consented to by any user in the tenant.';
      throw new EntraError(400, 'unauthorized_client', 700016, text);
    }
    if (application.disabled) {
      const text = `Application '${clientId}' is disabled.`;
      throw new EntraError(400, 'unauthorized_client', 7_000_112, text);
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

interface Where {
  readonly path: string;
  readonly tenant: string;
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
