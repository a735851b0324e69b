import { AppointedError } from '@appointed/core';
import type { EwsOptions } from './ews-options.js';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** @throws AppointedError `invalid_options` */
export function serviceAddress({ url, insecurePlainHttp = false }: EwsOptions): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address === undefined) throw refuse('is no URL such as https://mail.contoso.com/EWS/Exchange.asmx');
  if (address.username !== '' || address.password !== '') throw refuse('holds credentials: give them in credentials');
  if (address.protocol === 'https:') return address;
  if (address.protocol !== 'http:') throw refuse('is neither https nor http');
  if (insecurePlainHttp || isLoopback(address)) return address;
  throw refuse('is plain HTTP to another machine, which anybody on the way can read: use https');
}

/** Is it this machine? What is sent to it stays on it. */
export function isLoopback({ hostname }: URL): boolean {
  return LOOPBACK.test(hostname);
}

function refuse(complaint: string): AppointedError {
  return new AppointedError('invalid_options', `url ${complaint}`, { field: 'url' });
}
