import type { SandboxOptions } from '../src/index.js';

/** A small organisation that most tests live in. */
export const contoso = {
  mailboxes: [
    { address: 'alfred@contoso.com', name: 'Alfred', timeZone: 'America/Los_Angeles', aliases: ['al@contoso.com'] },
    {
      address: 'Berta@contoso.com',
      name: 'Berta',
      timeZone: 'W. Europe Standard Time',
      principalName: 'berta@corp.contoso.com',
    },
    { address: 'denied@contoso.com', name: 'Denied' },
    { address: 'cloud@contoso.com', name: 'Cloud', remote: true },
    { address: 'fresh@contoso.com', name: 'Fresh', opened: false },
    { address: 'room1@contoso.com', name: 'Room 1', room: true },
    { address: 'zoe@fabrikam.com', name: 'Zoe' },
  ],
  serviceAccounts: [
    {
      user: 'svc',
      password: 'secret',
      token: 'a.bearer.token',
      impersonates: ['*@contoso.com', '!denied@contoso.com'],
    },
    { user: 'zoe@fabrikam.com', password: 'zoes' },
    { user: 'nobody', password: 'nobodys', impersonates: ['*'] },
  ],
  clock: () => new Date('2026-11-22T10:00:00Z'),
} satisfies SandboxOptions;
