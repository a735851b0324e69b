import { createRunner, type Plan, type PlanFinding, type PreflightOptions } from '@appointed/core';
import { type FakeTransport, fakeTransport, type FakeTransportOptions } from '@appointed/testkit';
import { lesson } from './lesson.js';

/** A transport that knows of a few mailboxes what the test says, and a preflight over it. */
export async function preflight(
  options: Partial<PreflightOptions> = {},
  fake: FakeTransportOptions = {},
): Promise<{ readonly plan: Plan; readonly transport: FakeTransport }> {
  const transport = fakeTransport(fake);
  const runner = await createRunner({ transport });
  const factory = options.factories === undefined ? { factory: lesson } : {};
  const plan = await runner.preflight({ mailboxes: ['anna@contoso.com'], ...factory, ...options });
  return { plan, transport };
}

/** Each finding in short: how bad, what, and in which row. */
export function inShort(findings: readonly PlanFinding[]): readonly string[] {
  return findings.map(({ severity, code, row }) => `${severity} ${code} ${row ?? 'run'}`);
}
