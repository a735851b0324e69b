import { kerberos } from '@appointed/transport-ews';
import { afterEach, expect, it, vi } from 'vitest';
import { answer, createItemResponse, saved } from './canned-answers.js';
import { cannedServer } from './canned-server.js';
import { saveOne, transportTo } from './placing.js';

/** Stands for the package, which wants a ticket: says whom it was asked for. */
vi.mock('kerberos', () => ({
  default: {
    GSS_MECH_OID_SPNEGO: 6,
    initializeClient: (service: string) => Promise.resolve({ step: () => Promise.resolve(btoa(service)) }),
  },
}));

const { platform } = process;
afterEach(() => Object.defineProperty(process, 'platform', { value: platform }));

it.each([
  ['linux', 'HTTP@127.0.0.1'],
  ['win32', 'HTTP/127.0.0.1'],
])('on %s a ticket is asked for as it is written there: %s', async (value, service) => {
  Object.defineProperty(process, 'platform', { value });
  await using server = await cannedServer(answer(200, createItemResponse(saved('item'))));
  expect(await saveOne(transportTo(server.url, { credentials: kerberos() }))).toMatchObject({ kind: 'done' });
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([`Negotiate ${btoa(service)}`]);
});
