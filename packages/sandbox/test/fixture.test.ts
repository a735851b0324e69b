import { expect } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import { sandboxTest } from '../src/vitest.js';
import { create, inShort } from './raw-client.js';

const seen = new Set<Sandbox>();

sandboxTest('a test has a sandbox of its own', async ({ sandbox }) => {
  seen.add(sandbox);
  expect(inShort(await create(sandbox))).toBe('200 NoError');
  expect(sandbox.items('alfred@contoso.com')).toHaveLength(1);
});

sandboxTest('the next one has another, and the first is closed', async ({ sandbox }) => {
  const [first] = seen;
  expect(sandbox.items('alfred@contoso.com')).toEqual([]);
  expect(first).not.toBe(sandbox);
  await expect(fetch(first?.url ?? '')).rejects.toThrow('fetch failed');
});

sandboxTest('a sandbox can also be disposed of by its block', async () => {
  let url: string;
  {
    await using sandbox = await startSandbox();
    ({ url } = sandbox);
    expect((await fetch(`${url}/nowhere`)).status).toBe(404);
  }
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});
