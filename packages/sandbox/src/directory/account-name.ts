import { SERVER_NAMES } from './server-names.js';

/**
 * An account's name in one form, however it is written: `svc`, `CONTOSO\svc` and `svc@contoso.com` are one. A name with
 * another suffix is a user principal name, and stays one.
 */
export function canonicalName(user: string, domain = ''): string {
  const [, before = domain, rest = user] = domain === '' ? (/^([^\\]*)\\(.*)$/s.exec(user) ?? []) : [];
  const [name, suffix = ''] = before === '' ? splitPrincipalName(rest) : [rest];
  const { domain: netBios, dnsDomain } = SERVER_NAMES;
  const realm = (suffix === '' ? before : suffix).toLowerCase();
  if (suffix !== '' && realm !== dnsDomain) return rest.toLowerCase();
  const isOwn = realm === '' || realm === dnsDomain;
  return `${isOwn ? netBios.toLowerCase() : realm}\\${name.toLowerCase()}`;
}

function splitPrincipalName(user: string): [name: string, suffix?: string] {
  const at = user.lastIndexOf('@');
  return at === -1 ? [user] : [user.slice(0, at), user.slice(at + 1)];
}
