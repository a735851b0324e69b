import type { SandboxOptions } from '../src/index.js';
import { contoso } from './contoso.js';
import { app } from './graph-client.js';

/** The tests' organisation, half of it in the cloud, with an application that has the scope of `svc`. */
export const organisation = {
  ...contoso,
  mailboxes: [...contoso.mailboxes, { address: 'onprem@contoso.com', onPremises: true }],
  applications: [
    { ...app, mailboxes: ['*@contoso.com', '!denied@contoso.com'] },
    { clientId: 'app-2', clientSecret: 'other-secret', mailboxes: ['*'] },
  ],
} satisfies SandboxOptions;

export const ALFRED = '/users/alfred@contoso.com';

/** The property that the product's key travels in. */
export const KEY = 'String {5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4} Name AppointedKey';

/** A time on the clocks of Berlin, or of another zone. */
export function at(dateTime: string, timeZone = 'Europe/Berlin') {
  return { dateTime, timeZone };
}

/** An event on 1 December, from nine to ten in Berlin, which is eight to nine UTC. */
export function lesson(more: object = {}): object {
  return { subject: 'Tennis lesson', start: at('2026-12-01T09:00:00'), end: at('2026-12-01T10:00:00'), ...more };
}
