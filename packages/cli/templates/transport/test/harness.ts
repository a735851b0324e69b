import { existsSync, mkdirSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TransportHarness, TransportUnderTest } from '@appointed/testkit';
import { calendarFolderTransport } from '../src/index.js';
import { JsonFiles } from '../src/json-files.js';
import { FaultyStore } from './faulty-store.js';

const address = (n: number): string => `mailbox-${n}@contoso.com`;

/** How the contract's tests get at the transport, and what they may expect of it. */
export const harness: TransportHarness = {
  name: 'calendar-folder',
  capabilities: { sendModes: ['none'], maxItemsPerSave: 1 },
  faults: ['silent', 'answersLost'],
  ownerDeeds: ['edit'],
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'calendar-folder-'));
    await writeFile(join(folder, 'denied@contoso.com'), '');
    return underTest(folder);
  },
};

function underTest(folder: string): TransportUnderTest {
  const files = new JsonFiles(folder);
  const store = new FaultyStore(files);
  const away = `${folder}-away`;
  return {
    transport: calendarFolderTransport({ folder, store }),
    mailbox(n) {
      // Not where the server was taken away.
      if (existsSync(folder)) mkdirSync(join(folder, address(n)), { recursive: true });
      return address(n);
    },
    unknown: 'unknown@contoso.com',
    denied: 'denied@contoso.com',
    zones: [undefined],
    async stored(mailbox) {
      // In the place of a folder there is a file.
      if (mailbox.id.startsWith('denied')) return [];
      return (await files.all(mailbox)).map(({ key, fields: { subject = '', location, body, start } }) => ({
        subject,
        key,
        ...(location !== undefined && { location }),
        ...(body !== undefined && { body: body.content }),
        ...(start !== undefined && { start: start.epochMs }),
      }));
    },
    takeServerAway: () => rename(folder, away),
    silence: async () => ({ arrived: store.silence() }),
    loseAnswers: async () => store.loseAnswers(),
    owner: {
      async edit({ id }, itemId, subject) {
        const file = join(folder, id, `${itemId}.json`);
        const item = JSON.parse(await readFile(file, 'utf8'));
        await writeFile(file, JSON.stringify({ ...item, fields: { ...item.fields, subject } }));
      },
    },
    async close() {
      for (const one of [folder, away]) await rm(one, { recursive: true, force: true });
    },
  };
}
