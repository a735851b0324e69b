import { join } from 'node:path';
import { createRunner, type IAppointmentFactory } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { fakeTransport } from '@appointed/testkit';
import { expect, it } from 'vitest';
import { temporaryDirectory } from './temporary-ledger.js';

const factory: IAppointmentFactory = {
  getAppointment: ({ startedAt }) => ({ subject: 'Lesson', start: startedAt, end: startedAt }),
};

it('does what the README shows', async () => {
  const directory = temporaryDirectory();
  const path = join(directory.path, 'ledger.db');
  const transport = fakeTransport({ denied: ['beth@contoso.com'] });
  const mailboxes = ['alfred@contoso.com', 'beth@contoso.com'];
  const printed: string[] = [];
  const console = { log: (line: string) => printed.push(line) };

  // #region run
  const ledger = sqliteLedger({ path });
  const runner = await createRunner({ transport, ledger });
  await runner.run({ id: 'lessons-2027', mailboxes, factory });

  for await (const { mailbox, state, error } of ledger.rows('lessons-2027')) {
    console.log(`${mailbox.id} ${state} ${error?.code ?? ''}`);
  }
  await ledger.close();
  // #endregion run

  expect(printed).toEqual(['alfred@contoso.com done ', 'beth@contoso.com rejected server_rejected']);
  directory.remove();
});
