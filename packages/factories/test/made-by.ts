import {
  type Appointment,
  type IAppointmentFactory,
  type MailboxInput,
  parseAppointment,
  parseMailbox,
} from '@appointed/core';

/** What a run would save for a mailbox. */
export async function madeBy(
  factory: IAppointmentFactory,
  mailbox: MailboxInput = 'alfred@contoso.com',
  fallbackTimeZone = 'UTC',
): Promise<Appointment> {
  const parsed = parseMailbox(mailbox);
  const content = await factory.getAppointment({
    mailbox: parsed,
    runId: 'run',
    slot: 'default',
    startedAt: new Date('2027-01-12T08:30:15Z'),
    signal: new AbortController().signal,
  });
  const { language } = parsed.attributes;
  return parseAppointment(content, { fallbackTimeZone, ...(language !== undefined && { language }) });
}
