import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const ZONES = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia'];

async function shownIn(zone: string): Promise<string> {
  const file = fileURLToPath(new URL('shown-process.ts', import.meta.url));
  const options = { env: { ...process.env, TZ: zone } };
  const flags = ['--conditions=@appointed/source', '--import', 'tsx'];
  return (await promisify(execFile)(process.execPath, [...flags, file], options)).stdout;
}

it('the factories make the same in whatever zone their process runs', { timeout: 120_000 }, async () => {
  const [first, ...others] = await Promise.all(ZONES.map(shownIn));
  expect(first).toContain('subject: Quarterly review');
  expect(first).toContain('subject: Karfreitag');
  for (const other of others) expect(other).toBe(first);
});
