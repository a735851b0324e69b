import { AppointedError } from '@appointed/core';
import { type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { isLocal } from '../trusted-url.js';

const OPTIONS = {
  // Deadlines are ours and cover the whole request; undici's would start anew with each chunk.
  headersTimeout: 0,
  bodyTimeout: 0,
  keepAliveTimeout: 30_000,
  connect: { timeout: 10_000 },
};

/**
 * The way to a server: through the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name for it. This machine is reached
 * without one.
 * @throws AppointedError `invalid_options`
 */
export function dispatcherFor(origin: string): Dispatcher {
  if (isLocal(new URL(origin))) return new Pool(origin, OPTIONS);
  try {
    return new EnvHttpProxyAgent(OPTIONS);
  } catch {
    // What it is instead is not told: a password may stand in it.
    const hint = 'Set it to an address such as http://proxy.contoso.com:8080, or name the server in NO_PROXY.';
    throw new AppointedError('invalid_options', 'HTTPS_PROXY or HTTP_PROXY is no http or https address', { hint });
  }
}
