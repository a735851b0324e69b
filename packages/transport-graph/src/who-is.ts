import type { Mailbox } from '@appointed/core';
import type { User } from '@microsoft/microsoft-graph-types';
import type { Answer } from './classify/classify.js';
import { type GraphRequest, pathWith, quoted } from './graph-request.js';

/** Asks the directory for whoever has an address, also as an alias, or a security identifier: GET /users. */
export function whoIs({ kind, id }: Mailbox): GraphRequest {
  const $filter =
    kind === 'sid'
      ? `onPremisesSecurityIdentifier eq ${quoted(id)}`
      : `proxyAddresses/any(one:one eq ${quoted(`smtp:${id}`)})`;
  return { method: 'GET', path: pathWith('', { $filter, $select: 'userPrincipalName' }), isAboutDirectory: true };
}

/** The user principal name of the only one that was found. */
export function principalNameIn({ json }: Answer): string | undefined {
  const { value } = (json ?? {}) as { readonly value?: readonly User[] };
  const [only, ...others] = Array.isArray(value) ? value : [];
  const name: unknown = others.length === 0 ? (only as User | undefined)?.userPrincipalName : undefined;
  return typeof name === 'string' && name.includes('@') ? name : undefined;
}
