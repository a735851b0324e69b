import { constants, createPrivateKey, type KeyObject, randomUUID, sign, X509Certificate } from 'node:crypto';
import { refuseOption } from '../refuse-option.js';
import { askEntra } from './ask-entra.js';
import { type EntraApplication, tokenUrl } from './entra-application.js';
import type { TokenCredential } from './token-credential.js';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const LIFETIME_S = 600;

/** One of the two: what stands before it in a file would be taken for it. */
const PRIVATE_KEY = /-----BEGIN ([A-Z ]*)PRIVATE KEY-----[^]+?-----END \1PRIVATE KEY-----/;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----/;

/** An application, and its certificate. */
export interface ClientCertificateOptions extends EntraApplication {
  /** The certificate and its private key, as PEM, one after the other: what stands in a `.pem` file. */
  readonly certificate: string;
}

/**
 * Signs an application in by a certificate, with an assertion (RFC 7523) for each token; the key stays here.
 * @throws AppointedError `invalid_options`
 */
export function clientCertificate({ certificate, ...application }: ClientCertificateOptions): TokenCredential {
  const url = tokenUrl(application);
  const { clientId } = application;
  const key = privateKeyIn(certificate);
  const thumbprint = thumbprintOf(certificate);
  const assertion = (): string => {
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, nbf: now, exp: now + LIFETIME_S };
    return signed(key, thumbprint, { aud: url, iss: clientId, sub: clientId, jti: randomUUID(), ...times });
  };
  return {
    getToken: (scope) =>
      askEntra(url, {
        client_id: clientId,
        client_assertion_type: ASSERTION_TYPE,
        client_assertion: assertion(),
        scope,
      }),
  };
}

function signed(key: KeyObject, thumbprint: string, claims: object): string {
  const header = { alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint };
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  const saltLength = constants.RSA_PSS_SALTLEN_DIGEST;
  return `${text}.${sign('sha256', Buffer.from(text), { key, padding, saltLength }).toString('base64url')}`;
}

// What a parser complains about may quote what it was given: it is not passed on.

function privateKeyIn(pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(PRIVATE_KEY.exec(pem)?.[0] ?? '');
  } catch {
    throw refuseOption('certificate', 'holds no private key that is not encrypted, as PEM');
  }
  if (key.asymmetricKeyType === 'rsa') return key;
  throw refuseOption('certificate', 'has a key that is not RSA, which Entra does not take');
}

function thumbprintOf(pem: string): string {
  try {
    const { fingerprint256 } = new X509Certificate(CERTIFICATE.exec(pem)?.[0] ?? '');
    return Buffer.from(fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');
  } catch {
    throw refuseOption('certificate', 'holds no certificate, as PEM');
  }
}
