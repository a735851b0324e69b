import { type MailboxSeed, type Sandbox, type SandboxItem, startSandbox } from '@appointed/sandbox';
import { KEY_PROPERTY } from '@appointed/core';
import { SECRET } from './placing.js';

const KEY_NAME = `String {${KEY_PROPERTY.propertySetId}} Name ${KEY_PROPERTY.name}`;

/** The first lives in New York, the second has not opened her mailbox yet. */
const OWNERS: readonly Partial<MailboxSeed>[] = [{ timeZone: 'America/New_York' }, { opened: false }];

/** A local Exchange with n mailboxes, and a president whom the service account may not act for. */
export function startContoso(mailboxes: number): Promise<Sandbox> {
  return startSandbox({
    mailboxes: [
      ...Array.from({ length: mailboxes }, (_, n) => ({ address: address(n), ...OWNERS[n] })),
      { address: 'president@contoso.com' },
    ],
    serviceAccounts: [{ user: 'svc', password: SECRET, impersonates: ['*@contoso.com', '!president@contoso.com'] }],
  });
}

export function address(n: number): string {
  return `user${n}@contoso.com`;
}

/** The key inside a stored item. */
export function keyOf(item: SandboxItem): string | undefined {
  const value = item.extendedProperties[KEY_NAME];
  return typeof value === 'string' ? value : undefined;
}
