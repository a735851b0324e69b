import { refuseOption } from './refuse-option.js';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** The URL that an option names: https, or plain HTTP within this machine. @throws AppointedError `invalid_options` */
export function trustedUrl(field: string, text: string, example: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw refuseOption(field, `is no URL such as ${example}`);
  if (url.username !== '' || url.password !== '')
    throw refuseOption(field, 'holds credentials: give them in credential');
  if (url.protocol === 'https:' || isLocal(url)) return url;
  throw refuseOption(field, 'is not https: anybody on the way could read the tokens');
}

/** Plain HTTP that stays within this machine. */
export function isLocal({ protocol, hostname }: Pick<URL, 'protocol' | 'hostname'>): boolean {
  return protocol === 'http:' && LOOPBACK.test(hostname);
}
