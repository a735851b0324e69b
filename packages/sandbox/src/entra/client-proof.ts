import { constants, type KeyObject, verify, X509Certificate } from 'node:crypto';
import type { Application } from '../directory/application.js';
import { isSameSecret } from '../sign-in/same-secret.js';
import { EntraError } from './entra-error.js';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** What an application shows to be the one that it says. */
export interface ClientProof {
  readonly secret: string | undefined;
  /** A JSON Web Token, signed by its certificate. */
  readonly assertion: string | undefined;
  readonly assertionType: string | undefined;
}

/** @param path of the token endpoint, which an assertion is for @throws EntraError */
export function checkProof(proof: ClientProof, application: Application, path: string, now: number): void {
  const { secret, assertion, assertionType } = proof;
  if (secret !== undefined) return checkSecret(secret, application, now);
  if (assertion === undefined) {
    const text = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
    throw invalidClient(7_000_218, text);
  }
  if (assertionType !== ASSERTION_TYPE) throw EntraError.missing('client_assertion_type');
  checkAssertion(assertion, application, path, now);
}

function checkSecret(secret: string, { clientId, clientSecret, secretEnds }: Application, now: number): void {
  if (clientSecret === undefined || !isSameSecret(secret, clientSecret)) {
    const text =
      'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not ' +
      `the client secret ID, for a secret added to app '${clientId}'.`;
    throw invalidClient(7_000_215, text);
  }
  if (now < secretEnds) return;
  const text =
    `The provided client secret keys for app '${clientId}' are expired. Visit the Azure portal to create new keys for ` +
    'your app, or consider using certificate credentials for added security.';
  throw invalidClient(7_000_222, text);
}

interface Assertion {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signed: string;
  readonly signature: Buffer;
}

function checkAssertion(text: string, { clientId, certificate }: Application, path: string, now: number): void {
  const assertion = readAssertion(text);
  const { header, claims } = assertion;
  if (certificate === undefined || !names(header, certificate) || !isSigned(assertion, certificate.publicKey)) {
    const why = 'The certificate with identifier used to sign the client assertion is not registered on application.';
    throw invalidClient(700_027, why);
  }
  if (claims['iss'] !== clientId || claims['sub'] !== clientId) {
    throw invalidClient(700_021, "Client assertion application identifier doesn't match 'client_id' parameter.");
  }
  if (!String(claims['aud']).toLowerCase().endsWith(path.toLowerCase())) {
    throw invalidClient(700_023, 'Client assertion audience claim does not match Realm issuer.');
  }
  const [from, until] = [Number(claims['nbf'] ?? 0) * 1000, Number(claims['exp']) * 1000];
  if (!(from <= now && now < until)) {
    throw invalidClient(700_024, 'Client assertion is not within its valid time range.');
  }
}

function readAssertion(text: string): Assertion {
  const [header = '', claims = '', signature = ''] = text.split('.');
  try {
    return {
      header: JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) as Assertion['header'],
      claims: JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Assertion['claims'],
      signed: `${header}.${claims}`,
      signature: Buffer.from(signature, 'base64url'),
    };
  } catch {
    throw new EntraError(400, 'invalid_request', 50_027, 'JWT token is invalid or malformed.');
  }
}

function names(header: Assertion['header'], { fingerprint, fingerprint256 }: X509Certificate): boolean {
  return header['x5t#S256'] === thumbprint(fingerprint256) || header['x5t'] === thumbprint(fingerprint);
}

/** @param fingerprint in hexadecimal digits, with colons */
function thumbprint(fingerprint: string): string {
  return Buffer.from(fingerprint.replaceAll(':', ''), 'hex').toString('base64url');
}

function isSigned({ header, signed, signature }: Assertion, key: KeyObject): boolean {
  const { RSA_PKCS1_PADDING, RSA_PKCS1_PSS_PADDING, RSA_PSS_SALTLEN_DIGEST: saltLength } = constants;
  const bytes = Buffer.from(signed);
  if (header['alg'] === 'RS256') return verify('sha256', bytes, { key, padding: RSA_PKCS1_PADDING }, signature);
  if (header['alg'] !== 'PS256') return false;
  return verify('sha256', bytes, { key, padding: RSA_PKCS1_PSS_PADDING, saltLength }, signature);
}

function invalidClient(number: number, text: string): EntraError {
  return new EntraError(401, 'invalid_client', number, text);
}
