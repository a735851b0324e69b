import assert from 'node:assert/strict';
import {
  type Content,
  type FactoryContext,
  type IAppointmentFactory,
  isNativeAppointment,
  type Mailbox,
  parseAppointment,
  parseMailbox,
} from '@appointed/core';
import { patiently } from '../suite/patiently.js';
import type { FactoryHarness } from './factory-harness.js';

const DEFAULT_PATIENCE_MS = 10_000;
const SOMEBODY = ['alfred@contoso.com', 'beth@contoso.com', 'carl@contoso.com'];

/** When the run of every test was started. */
export const STARTED_AT: number = Date.UTC(2027, 0, 12, 8, 30, 15);

/** Adds one test of the suite. */
export type FactoryTest = (name: string, body: (bench: FactoryBench) => Promise<void>) => void;

/** A factory, for one test, and who asks it. */
export interface FactoryBench {
  readonly factory: IAppointmentFactory;
  readonly mailboxes: readonly Mailbox[];
  /** Another factory of the same harness. */
  makeAnother(): Promise<IAppointmentFactory>;
  /** What a factory is told, each time in objects of its own. */
  contextOf(mailbox: Mailbox, signal?: AbortSignal): FactoryContext;
  /** Asks the factory as a run does. */
  ask(mailbox: Mailbox, from?: IAppointmentFactory): Promise<Content>;
  /** What content says, in a form in which equal contents are equal. @throws AppointedError if it is no content */
  said(content: Content, mailbox: Mailbox): unknown;
}

/** Runs one test, and fails it when it takes longer than the harness has patience. */
export async function factoryBench(
  harness: FactoryHarness,
  body: (bench: FactoryBench) => Promise<void>,
): Promise<void> {
  const work = async (): Promise<void> => body(benchOf(harness, await harness.make()));
  await patiently(work(), harness.patienceMs ?? DEFAULT_PATIENCE_MS);
}

function benchOf(harness: FactoryHarness, factory: IAppointmentFactory): FactoryBench {
  const mailboxes = (harness.mailboxes ?? SOMEBODY).map((mailbox) => parseMailbox(mailbox));
  assert.ok(mailboxes.length > 0, 'the harness names a mailbox');
  const ask = async (mailbox: Mailbox, from = factory): Promise<Content> => from.getAppointment(contextOf(mailbox));
  return {
    factory,
    mailboxes,
    makeAnother: async () => harness.make(),
    contextOf,
    ask,
    said: (content, mailbox) => saidBy(content, mailbox, harness.fallbackTimeZone ?? 'UTC'),
  };
}

function contextOf(mailbox: Mailbox, signal = new AbortController().signal): FactoryContext {
  return { mailbox, runId: 'factory-suite', slot: 'default', startedAt: new Date(STARTED_AT), signal };
}

function saidBy(content: Content, { attributes: { language } }: Mailbox, fallbackTimeZone: string): unknown {
  if (typeof content === 'symbol') return content.toString();
  if (isNativeAppointment(content)) {
    const { transport, subject, attendeeCount } = content;
    return { transport, subject, attendeeCount };
  }
  return parseAppointment(content, { fallbackTimeZone, ...(language !== undefined && { language }) });
}
