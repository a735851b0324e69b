import type { ItemReference } from '@appointed/sandbox';
import { type TransportHarness, transportSuite } from '@appointed/testkit';
import type { Mailbox } from '@appointed/core';
import { describe, it } from 'vitest';
import { inCalendar, untilAsked } from '../../transport-graph/test/server-side.js';
import { startOrganisation } from './organisation.js';

const ADDRESSES = Array.from({ length: 50 }, (_, n) => `user${n}@contoso.com`);
const OWNERS = [{ timeZone: 'America/New_York' }, { opened: false }];

const ON_PREMISES: Pick<TransportHarness, 'capabilities' | 'ownerDeeds'> = {
  ownerDeeds: ['move', 'copy', 'delete', 'edit'],
  capabilities: {
    sendModes: ['none', 'all', 'allAndSaveCopy'],
    maxItemsPerSave: 10,
    maxAttachmentBytes: 32 * 1024 * 1024,
    unchangeableFields: ['attachments', 'onlineMeeting'],
  },
};

const ONLINE: Pick<TransportHarness, 'capabilities' | 'ownerDeeds'> = {
  ownerDeeds: ['move', 'copy', 'edit'],
  capabilities: {
    sendModes: ['allAndSaveCopy'],
    maxItemsPerSave: 1,
    maxAttachmentBytes: 3_000_000,
    onlineMeetings: true,
    unchangeableFields: ['attachments', 'onlineMeeting', 'customProperties'],
  },
};

/** A harness whose first mailboxes live on one side. Nobody says where a mailbox lives. */
function harnessOf(side: 'exchange' | 'online'): TransportHarness {
  return {
    name: 'hybrid',
    faults: ['silent', 'answersLost'],
    ...(side === 'exchange' ? ON_PREMISES : ONLINE),
    async open() {
      const [first, others] = [ADDRESSES.slice(0, 5), ADDRESSES.slice(5)];
      const mailboxes = side === 'exchange' ? { exchange: first, online: others } : { exchange: others, online: first };
      const organisation = await startOrganisation(mailboxes, (address) => OWNERS[ADDRESSES.indexOf(address)] ?? {});
      const { exchange, online, transport, home } = organisation;
      const both = [exchange, online];
      return {
        transport,
        mailbox: (n) => ADDRESSES[n] ?? '',
        unknown: 'gone@contoso.com',
        denied: 'president@contoso.com',
        zones: ['Eastern Standard Time', undefined],
        stored: ({ id }) => Promise.resolve(both.flatMap((server) => inCalendar(server, id))),
        owner: {
          async move(mailbox, id) {
            home(mailbox.id).control.createFolder(mailbox.id, 'Sport');
            home(mailbox.id).control.move(idOf(mailbox, id), 'Sport');
          },
          copy: async (mailbox, id) => void home(mailbox.id).control.copy(idOf(mailbox, id)),
          delete: async (mailbox, id) => void home(mailbox.id).control.delete(idOf(mailbox, id)),
          edit: async (mailbox, id, subject) => void home(mailbox.id).control.edit(idOf(mailbox, id), { subject }),
        },
        async takeServerAway() {
          await Promise.all(both.map((server) => server.close()));
        },
        async silence() {
          for (const server of both) server.control.setFaults([{ fault: 'silence' }]);
          return { arrived: untilAsked(both) };
        },
        async loseAnswers() {
          exchange.control.setFaults([{ operation: 'CreateItem', fault: 'reset', stored: 'before' }]);
          online.control.setFaults([{ operation: 'POST /users/{id}/events', fault: 'reset', stored: 'before' }]);
        },
        async close() {
          await organisation[Symbol.asyncDispose]();
        },
      };
    },
  };
}

/** What the server's own tools call an item, whichever side has named it. */
function idOf({ id: mailbox }: Mailbox, itemId: string): ItemReference {
  return { mailbox, id: itemId.replaceAll('-', '/').replaceAll('_', '+') };
}

describe.each(['exchange', 'online'] as const)('where the first mailboxes live in %s,', (side) => {
  transportSuite({ describe, it }, harnessOf(side));
});
