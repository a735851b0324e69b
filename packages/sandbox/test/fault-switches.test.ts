import { expect } from 'vitest';
import { sandboxTest } from '../src/vitest.js';
import { create, inShort } from './raw-client.js';

sandboxTest('a fault is switched off and on, goes on counting, and is removed by its place', async ({ sandbox }) => {
  const ask = async (method: string, path: string, body?: object) => {
    const headers = { 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(sandbox.url + path, { method, headers, ...sent });
    return [response.status, await response.json()];
  };
  sandbox.control.setFaults([
    { fault: 'reset', operation: 'GetItem' },
    { fault: 'busy', first: 2 },
  ]);
  expect(inShort(await create(sandbox))).toBe('500 ErrorServerBusy');
  expect(await ask('POST', '/control/faults/switch', { index: 1, on: false })).toEqual([200, { ok: true }]);
  expect(sandbox.control.faults[1]).toEqual({ fault: 'busy', first: 2, off: true });
  expect(inShort(await create(sandbox))).toBe('200 NoError');
  await ask('POST', '/control/faults/switch', { index: 1, on: true });
  expect(inShort(await create(sandbox))).toBe('500 ErrorServerBusy');
  expect(inShort(await create(sandbox))).toBe('200 NoError');
  expect(await ask('DELETE', '/control/faults?index=0')).toEqual([200, { ok: true }]);
  expect(sandbox.control.faults).toEqual([{ fault: 'busy', first: 2 }]);
  expect(await ask('DELETE', '/control/faults?index=1')).toEqual([404, { error: 'index: there is no fault 1' }]);
  expect(await ask('POST', '/control/faults/switch', { index: 1, on: true })).toMatchObject([404, {}]);
});
