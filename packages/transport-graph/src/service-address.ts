import { refuseOption } from './refuse-option.js';
import { isLocal, trustedUrl } from './trusted-url.js';

const GRAPH = 'https://graph.microsoft.com/v1.0';

/** Where Graph is. */
export interface ServiceAddress {
  readonly origin: string;
  readonly host: string;
  /** `/v1.0` */
  readonly path: string;
  /** What tokens are asked for: all that the application was granted. */
  readonly scope: string;
}

/** @throws AppointedError `invalid_options` */
export function serviceAddress(baseUrl: string = GRAPH): ServiceAddress {
  const url = trustedUrl('baseUrl', baseUrl, GRAPH);
  const { origin, host, pathname } = url;
  const path = pathname.replace(/\/+$/, '');
  if (path === '') throw refuseOption('baseUrl', `has no version, as in ${GRAPH}`);
  return { origin, host, path, scope: `${isLocal(url) ? new URL(GRAPH).origin : origin}/.default` };
}
