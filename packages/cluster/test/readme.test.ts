import { randomUUID } from 'node:crypto';
import { postgresUrl } from '@appointed-testing/postgres';
import { clusterRunner, migrateCluster, startWorker } from '@appointed/cluster';
import { migrate, postgresLedger } from '@appointed/ledger-postgres';
import { fakeTransport } from '@appointed/testkit';
import { expect, it } from 'vitest';
import { LESSON as LessonFactory } from './lesson.js';

it('does what the README shows', async () => {
  const postgres = await postgresUrl();
  const connectionString = postgres;
  const schema = `readme-${randomUUID()}`;
  const name = schema;
  const transport = fakeTransport();
  const mailboxes = ['alfred@contoso.com', 'beth@contoso.com'];
  const printed: string[] = [];
  const console = { log: (line: string) => printed.push(line) };

  // #region migrate
  await migrate({ connectionString, schema });
  await migrateCluster({ postgres });
  // #endregion migrate

  // #region worker
  const worker = await startWorker({
    connection: { postgres },
    name,
    ledger: postgresLedger({ connectionString, schema }),
    transport,
    factories: { lesson: LessonFactory },
  });
  // #endregion worker

  // #region runner
  const ledger = postgresLedger({ connectionString, schema });
  const runner = await clusterRunner({ connection: { postgres }, name, ledger, transport });
  runner.on('placementSaved', ({ mailbox, subject }) => console.log(`${mailbox.id}: ${subject} saved`));

  const { counts } = await runner.run({ id: 'lessons-2027', mailboxes, factories: { lesson: LessonFactory } });
  console.log(`${counts.done} of ${counts.rows} have the lesson.`);
  // #endregion runner

  expect(printed.toSorted()).toEqual([
    '2 of 2 have the lesson.',
    'alfred@contoso.com: Lesson 1 saved',
    'beth@contoso.com: Lesson 1 saved',
  ]);
  await worker.close();
  await runner.close();
  await ledger.close();
}, 60_000);
