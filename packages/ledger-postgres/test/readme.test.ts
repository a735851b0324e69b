import { createRunner, type IAppointmentFactory } from '@appointed/core';
import { migrate, postgresLedger } from '@appointed/ledger-postgres';
import { fakeTransport } from '@appointed/testkit';
import { expect, it } from 'vitest';
import { temporarySchema } from './temporary-schema.js';

const factory: IAppointmentFactory = {
  getAppointment: ({ startedAt }) => ({ subject: 'Lesson', start: startedAt, end: startedAt }),
};

it('does what the README shows', async () => {
  const where = await temporarySchema({ migrated: false });
  const { connectionString, schema } = where;
  const transport = fakeTransport({ denied: ['beth@contoso.com'] });
  const mailboxes = ['alfred@contoso.com', 'beth@contoso.com'];
  const printed: string[] = [];
  const console = { log: (line: string) => printed.push(line) };

  // #region migrate
  await migrate({ connectionString, schema });
  // #endregion migrate

  // #region run
  const ledger = postgresLedger({ connectionString, schema });
  const runner = await createRunner({ transport, ledger });
  await runner.run({ id: 'lessons-2027', mailboxes, factory });

  for await (const { mailbox, state, error } of ledger.rows('lessons-2027')) {
    console.log(`${mailbox.id} ${state} ${error?.code ?? ''}`);
  }
  await ledger.close();
  // #endregion run

  expect(printed).toEqual(['alfred@contoso.com done ', 'beth@contoso.com rejected server_rejected']);
  const answers = await where.ask(`
    SELECT mailbox, state, error->>'code' AS code FROM $schema.placement JOIN $schema.progress ON placement = id
    WHERE state <> 'done'`);
  expect(answers).toEqual([{ mailbox: 'beth@contoso.com', state: 'rejected', code: 'server_rejected' }]);
  await where.drop();
});
