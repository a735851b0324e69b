import {
  type Appointment,
  type Content,
  type IAppointmentFactory,
  isNativeAppointment,
  type MailboxInput,
  parseAppointment,
  parseMailbox,
} from '@appointed/core';
import { appointmentText } from './appointment-text.js';

/** What the factory is told in place of what a run would tell it. */
export interface PreviewOptions {
  /** By default 2027-01-01T00:00:00Z, so that a preview is the same every day. */
  readonly startedAt?: Date;
  /** By default `preview`. */
  readonly runId?: string;
  /** By default `default`. */
  readonly slot?: string;
  /** The run's zone for what is meant in the mailbox's own. By default UTC. */
  readonly fallbackTimeZone?: string;
}

/**
 * What a run would save for a mailbox, as lines of plain text, field by field: for a person to look at, and for a test to
 * compare.
 * @throws AppointedError, or whatever the factory throws, where a run would reject the placement
 */
export async function previewAppointment(
  factory: IAppointmentFactory,
  mailbox: MailboxInput,
  options: PreviewOptions = {},
): Promise<string> {
  const { startedAt = new Date('2027-01-01T00:00:00Z'), runId = 'preview', slot = 'default' } = options;
  const parsed = parseMailbox(mailbox);
  const { signal } = new AbortController();
  const content = await factory.getAppointment({ mailbox: parsed, runId, slot, startedAt, signal });
  const { language } = parsed.attributes;
  const { fallbackTimeZone = 'UTC' } = options;
  return linesFor(parsed.id, content, (input) =>
    parseAppointment(input, { fallbackTimeZone, ...(language !== undefined && { language }) }),
  ).join('\n');
}

function linesFor(mailbox: string, content: Content, parse: (input: unknown) => Appointment): readonly string[] {
  if (typeof content === 'symbol') return [`${mailbox}: nothing`];
  if (isNativeAppointment(content)) {
    const { attendeeCount, subject, transport } = content;
    return [`${mailbox}: a native appointment of ${transport}, ${attendeeCount} invited`, `  subject: ${subject}`];
  }
  return [`${mailbox}:`, ...appointmentText(parse(content)).map((line) => `  ${line}`)];
}
