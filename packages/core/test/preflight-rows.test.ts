import { createRunner, nativeAppointment } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { addresses, lesson, lessonWith } from './lesson.js';
import { overriding } from './overriding.js';
import { inShort, preflight } from './preflighting.js';

const ANNA = 'anna@contoso.com';
const BERT = 'bert@contoso.com';

describe('a preflight finds, row by row,', () => {
  it('what is no mailbox, stands there twice or is excluded', async () => {
    const mailboxes = ['nobody', ANNA, 'ANNA@contoso.com', BERT];
    const { plan } = await preflight({ mailboxes, exclude: [BERT] });
    expect(inShort(plan.findings)).toEqual([
      'error invalid_mailbox 1',
      'warning duplicate_mailbox 3',
      'warning excluded 4',
    ]);
    expect(plan.findings[1]?.message).toContain('in row 2');
    expect(plan.counts).toMatchObject({ rows: 4, mailboxes: 1, placements: 1, errors: 1, warnings: 2 });
  });

  it('mailboxes that do not exist, or may not be acted for, with the word of the server', async () => {
    const { plan } = await preflight({ mailboxes: [ANNA, BERT] }, { unknown: [ANNA], denied: [BERT] });
    expect(plan.findings).toMatchObject([
      { severity: 'error', code: 'server_rejected', row: 1, mailbox: ANNA, serverCode: 'ErrorNonExistentMailbox' },
      { severity: 'error', code: 'server_rejected', row: 2, mailbox: BERT, serverCode: 'ErrorImpersonateUserDenied' },
    ]);
  });

  it.each(['group', 'contact', 'publicFolder'] as const)('a %s', async (kind) => {
    const { plan } = await preflight({ mailboxes: [ANNA] }, { directory: { [ANNA]: { kind } } });
    expect(plan.findings).toMatchObject([{ severity: 'error', code: 'not_a_mailbox', row: 1, mailbox: ANNA }]);
    expect(plan.findings[0]?.hint).toBeDefined();
  });

  it('two rows that are one person, and names both', async () => {
    const directory = { 'a.nna@contoso.com': { primaryAddress: 'Anna@Contoso.com' } };
    const { plan } = await preflight({ mailboxes: [ANNA, BERT, 'a.nna@contoso.com'] }, { directory });
    expect(plan.findings).toMatchObject([
      { severity: 'error', code: 'same_mailbox', message: 'rows 1 and 3 are the same mailbox, Anna@Contoso.com' },
    ]);
  });

  it('two rows that are one person, however far apart they stand', async () => {
    const directory = { 'alias@contoso.com': { primaryAddress: 'person-15@contoso.com' } };
    const { plan } = await preflight({ mailboxes: [...addresses(3000), 'alias@contoso.com'] }, { directory });
    expect(plan.findings.map(({ message }) => message)).toEqual([
      'rows 15 and 3001 are the same mailbox, person-15@contoso.com',
    ]);
  });

  it('two rows that are one person under address and principal name', async () => {
    const directory = { 'anna@corp.local': { primaryAddress: ANNA } };
    const { plan } = await preflight({ mailboxes: [{ upn: 'anna@corp.local' }, ANNA] }, { directory });
    expect(plan.findingCounts).toEqual({ same_mailbox: 1 });
  });

  it('no two people among mailboxes that the directory says nothing of', async () => {
    const mailboxes = [{ sid: 'S-1-5-21-1-2-3-4' }, { sid: 'S-1-5-21-1-2-3-5' }];
    expect((await preflight({ mailboxes })).plan.findings).toEqual([]);
  });

  it('somebody excluded, who stands in the list under another address', async () => {
    const directory = { 'boss@contoso.com': { primaryAddress: BERT } };
    const { plan } = await preflight({ mailboxes: [ANNA, 'boss@contoso.com'], exclude: [BERT] }, { directory });
    expect(plan.findings).toMatchObject([
      { severity: 'error', code: 'excluded', row: 2, mailbox: 'boss@contoso.com', field: 'exclude' },
    ]);
  });

  it('a mailbox that has no way to it', async () => {
    const transport = overriding(fakeTransport(), { route: () => Promise.reject(new Error('no such side')) });
    const runner = await createRunner({ transport });
    const { findings } = await runner.preflight({ mailboxes: [ANNA], factory: lesson });
    expect(inShort(findings)).toEqual(['error transport_failed 1']);
  });

  it('send modes that the transport cannot do, placement by placement', async () => {
    const factories = { a: lesson, b: lessonWith({ resources: [BERT] }) };
    const { plan } = await preflight({ factories }, { capabilities: { sendModes: ['none', 'all'] } });
    expect(plan.findings).toMatchObject([
      { severity: 'error', code: 'unsupported', row: 1, slot: 'b', field: 'sendMode', hint: 'It can: none, all.' },
    ]);
  });

  it("another transport's native appointments", async () => {
    const native = nativeAppointment({ transport: 'ews', subject: 'Native', attendeeCount: 0 });
    const { plan } = await preflight({ factory: { getAppointment: () => native } });
    expect(plan.findings).toMatchObject([{ code: 'unsupported', row: 1, slot: 'default', mailbox: ANNA }]);
  });

  it('what is wrong with an appointment, and names the field', async () => {
    const factories = {
      a: lessonWith({ subject: '' }),
      b: lessonWith({ requiredAttendees: [BERT, 'nobody'] }),
      c: { getAppointment: () => Promise.reject(new Error('no database')) },
      d: lesson,
    };
    const { plan } = await preflight({ factories });
    expect(plan.findings).toMatchObject([
      { severity: 'error', code: 'invalid_appointment', row: 1, mailbox: ANNA, slot: 'a', field: 'subject' },
      { severity: 'error', code: 'invalid_appointment', slot: 'b', field: 'requiredAttendees[1]' },
      { severity: 'error', code: 'factory_failed', slot: 'c' },
    ]);
    expect(plan.counts).toMatchObject({ placements: 1, errors: 3 });
  });

  it('a start in the past, which may be meant', async () => {
    const day = { start: new Date('2020-01-15T09:00:00Z'), end: new Date('2020-01-15T10:00:00Z') };
    const { plan } = await preflight({ factory: lessonWith(day) });
    expect(plan.findings).toMatchObject([
      { severity: 'warning', code: 'starts_in_past', row: 1, mailbox: ANNA, slot: 'default', field: 'start' },
    ]);
  });
});
