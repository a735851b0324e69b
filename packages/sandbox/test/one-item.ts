import { expect } from 'vitest';
import type { EwsClient, Reply } from './ews-client.js';

export const TIMES = '<t:Start>2026-12-01T10:00:00Z</t:Start><t:End>2026-12-01T11:00:00Z</t:End>';

/** Creates one item and reads it back. */
export async function create(
  client: EwsClient,
  content: string,
  options: Parameters<EwsClient['create']>[1] = {},
): Promise<Reply> {
  const created = await client.create([content], options);
  expect(created.codes).toEqual(['NoError']);
  return client.get(created.attributes('ItemId', 'Id'), undefined, { as: options.as ?? 'alfred@contoso.com' });
}

export function idOf(item: Reply): string {
  return item.attributes('ItemId', 'Id')[0] ?? '';
}

export function changeKeyOf(item: Reply): string {
  return item.attributes('ItemId', 'ChangeKey')[0] ?? '';
}
