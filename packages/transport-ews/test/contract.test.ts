import type { SandboxItem } from '@appointed/sandbox';
import { type CalendarEntry, type TransportHarness, transportSuite } from '@appointed/testkit';
import { describe, it } from 'vitest';
import { address, keyOf, startContoso } from './contoso.js';
import { transportTo } from './placing.js';

const harness: TransportHarness = {
  name: 'ews',
  faults: ['silent', 'answersLost'],
  ownerDeeds: ['move', 'copy', 'delete', 'edit'],
  capabilities: {
    sendModes: ['none', 'all', 'allAndSaveCopy'],
    maxItemsPerSave: 10,
    maxAttachmentBytes: 32 * 1024 * 1024,
    unchangeableFields: ['attachments', 'onlineMeeting'],
  },
  async open() {
    const exchange = await startContoso(50);
    const transport = transportTo(exchange.ewsUrl);
    return {
      transport,
      mailbox: address,
      unknown: 'gone@contoso.com',
      denied: 'president@contoso.com',
      zones: ['Eastern Standard Time', undefined],
      stored: ({ id }) =>
        Promise.resolve(
          exchange
            .items(id)
            .filter(({ folder }) => folder === 'calendar')
            .map(calendarEntry),
        ),
      owner: {
        async move({ id: mailbox }, id) {
          exchange.control.createFolder(mailbox, 'Sport');
          exchange.control.move({ mailbox, id }, 'Sport');
        },
        copy: async ({ id: mailbox }, id) => void exchange.control.copy({ mailbox, id }),
        delete: async ({ id: mailbox }, id) => void exchange.control.delete({ mailbox, id }),
        edit: async ({ id: mailbox }, id, subject) => void exchange.control.edit({ mailbox, id }, { subject }),
      },
      takeServerAway: () => exchange.close(),
      async silence() {
        exchange.control.setFaults([{ fault: 'silence' }]);
        return { arrived: until(() => exchange.control.report().requests.inFlight > 0) };
      },
      async loseAnswers() {
        exchange.control.setFaults([{ fault: 'reset', stored: 'before' }]);
      },
      async close() {
        await transport.close();
        await exchange.close();
      },
    };
  },
};

function calendarEntry(item: SandboxItem): CalendarEntry {
  const key = keyOf(item);
  return {
    subject: item.subject ?? '',
    start: Date.parse(item.start),
    ...(key === undefined ? {} : { key }),
    ...(item.location === undefined ? {} : { location: item.location }),
    ...(item.body === undefined ? {} : { body: item.body.content }),
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

transportSuite({ describe, it }, harness);
