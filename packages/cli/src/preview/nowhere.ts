import type { AppointmentTransport } from '@appointed/core';

/** Stands where a transport would: a preview of contents asks no server, and needs no password. */
export function nowhere(): AppointmentTransport {
  return {
    name: 'preview',
    route: refuse,
    save: refuse,
    find: refuse,
    read: refuse,
    update: refuse,
    remove: refuse,
    hasSimilar: refuse,
    check: refuse,
    zone: refuse,
  };
}

function refuse(): never {
  throw new Error('a preview asks no server');
}
