import { type TransportHarness, transportSuite } from '@appointed/testkit';
import { describe, it } from 'vitest';
import { address, ewsId, graphTo, startContoso } from './contoso.js';
import { inCalendar, untilAsked } from './server-side.js';

const harness: TransportHarness = {
  name: 'graph',
  faults: ['silent', 'answersLost'],
  // Graph does not list what was deleted.
  ownerDeeds: ['move', 'copy', 'edit'],
  capabilities: {
    sendModes: ['allAndSaveCopy'],
    maxItemsPerSave: 1,
    maxAttachmentBytes: 3_000_000,
    onlineMeetings: true,
    unchangeableFields: ['attachments', 'onlineMeeting', 'customProperties'],
  },
  async open() {
    const exchange = await startContoso(50);
    const transport = graphTo(exchange);
    return {
      transport,
      mailbox: address,
      unknown: 'gone@contoso.com',
      denied: 'president@contoso.com',
      zones: ['Eastern Standard Time', undefined],
      stored: ({ id }) => Promise.resolve(inCalendar(exchange, id)),
      owner: {
        async move({ id: mailbox }, id) {
          exchange.control.createFolder(mailbox, 'Sport');
          exchange.control.move({ mailbox, id: ewsId(id) }, 'Sport');
        },
        copy: async ({ id: mailbox }, id) => void exchange.control.copy({ mailbox, id: ewsId(id) }),
        edit: async ({ id: mailbox }, id, subject) =>
          void exchange.control.edit({ mailbox, id: ewsId(id) }, { subject }),
      },
      takeServerAway: () => exchange.close(),
      async silence() {
        exchange.control.setFaults([{ fault: 'silence' }]);
        return { arrived: untilAsked([exchange]) };
      },
      async loseAnswers() {
        exchange.control.setFaults([{ operation: 'POST /users/{id}/events', fault: 'reset', stored: 'before' }]);
      },
      async close() {
        await transport.close();
        await exchange.close();
      },
    };
  },
};

transportSuite({ describe, it }, harness);
