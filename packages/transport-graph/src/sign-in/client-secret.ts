import { refuseOption } from '../refuse-option.js';
import { askEntra } from './ask-entra.js';
import { type EntraApplication, tokenUrl } from './entra-application.js';
import type { TokenCredential } from './token-credential.js';

/** An application, and its secret. */
export interface ClientSecretOptions extends EntraApplication {
  /** The value of a client secret; not the secret's id. */
  readonly secret: string;
}

/**
 * Signs an application in by a client secret.
 * @throws AppointedError `invalid_options`
 */
export function clientSecret({ secret, ...application }: ClientSecretOptions): TokenCredential {
  const url = tokenUrl(application);
  if (secret === '') throw refuseOption('secret', 'is empty');
  const proof = { client_id: application.clientId, client_secret: secret };
  return { getToken: (scope) => askEntra(url, { ...proof, scope }) };
}
