import { AppointedError } from '@appointed/core';
import { isLoopback } from '../service-address.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for a server: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in small letters first, read
 * as undici's EnvHttpProxyAgent does it. This machine is reached without one.
 * @throws AppointedError `invalid_options`
 */
export function proxyFor(address: URL, environment: Environment = process.env): URL | undefined {
  const plain = environment['http_proxy'] ?? environment['HTTP_PROXY'] ?? '';
  const secure = environment['https_proxy'] ?? environment['HTTPS_PROXY'] ?? '';
  const named = address.protocol === 'https:' && secure !== '' ? secure : plain;
  const exceptions = environment['no_proxy'] ?? environment['NO_PROXY'] ?? '';
  if (named === '' || isLoopback(address) || isExcepted(address, exceptions)) return undefined;
  const proxy = URL.canParse(named) ? new URL(named) : undefined;
  if (proxy !== undefined && /^https?:$/.test(proxy.protocol) && isDecodable(proxy)) return proxy;
  // What it is instead is not told: a password may stand in it.
  const hint =
    'Set it to an address such as http://proxy.contoso.com:8080, with %25 for each % of a password, or name the server in ' +
    'NO_PROXY.';
  throw new AppointedError('invalid_options', 'HTTPS_PROXY or HTTP_PROXY is no http or https address', { hint });
}

function isDecodable({ username, password }: URL): boolean {
  try {
    return decodeURIComponent(username + password) !== undefined;
  } catch {
    return false;
  }
}

/** `contoso.com` stands for the hosts below it, too; so do `.contoso.com` and `*.contoso.com`. */
function isExcepted({ hostname, port, protocol }: URL, exceptions: string): boolean {
  const own = port === '' ? { 'https:': '443', 'http:': '80' }[protocol] : port;
  return exceptions.split(/[,\s]+/).some((entry) => {
    if (entry === '*') return true;
    const [, name = '', itsPort = own] = /^(?:\*?\.)?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    return name !== '' && itsPort === own && (hostname === name || hostname.endsWith(`.${name}`));
  });
}
