import { AppointedError } from '@appointed/core';

const GRAPH = 'https://graph.microsoft.com/v1.0';
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

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
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined) throw refuse(`is no URL such as ${GRAPH}`);
  if (url.username !== '' || url.password !== '') throw refuse('holds credentials: give them in credential');
  const isLocal = url.protocol === 'http:' && LOOPBACK.test(url.hostname);
  if (url.protocol !== 'https:' && !isLocal) throw refuse('is not https: anybody on the way could read the tokens');
  const { origin, host, pathname } = url;
  const path = pathname.replace(/\/+$/, '');
  if (path === '') throw refuse(`has no version, as in ${GRAPH}`);
  return { origin, host, path, scope: `${isLocal ? new URL(GRAPH).origin : origin}/.default` };
}

function refuse(complaint: string): AppointedError {
  return new AppointedError('invalid_options', `baseUrl ${complaint}`, { field: 'baseUrl' });
}
