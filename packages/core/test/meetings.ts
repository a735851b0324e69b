import type { IAppointmentFactory, ImpersonationRunner, RunCounts } from '@appointed/core';
import { LESSON } from './lesson.js';

/** A factory of meetings with so many attendees, which are as many invitations. */
export function meetingOf(attendees: number): IAppointmentFactory {
  const requiredAttendees = Array.from({ length: attendees }, (_, n) => `trainer-${n + 1}@contoso.com`);
  return { getAppointment: () => ({ ...LESSON, subject: 'Meeting', requiredAttendees }) };
}

/** Asks one of two factories, as the mailbox is. */
export function eitherOf(
  isFirst: (mailbox: string) => boolean,
  first: IAppointmentFactory,
  second: IAppointmentFactory,
): IAppointmentFactory {
  return {
    getAppointment: (context) => (isFirst(context.mailbox.id) ? first : second).getAppointment(context),
  };
}

/** What a runner tells of placements, in words: event, row and slot. */
export function toldBy(runner: ImpersonationRunner): string[] {
  const told: string[] = [];
  const events = ['placementSaved', 'placementDeferred', 'placementRejected', 'placementSkipped'] as const;
  for (const event of [...events, 'placementFound', 'placementRemoved'] as const) {
    runner.on(event, ({ row, slot }) => told.push(`${event} ${row} ${slot}`));
  }
  return told;
}

/** How many placements a call says to have ended. */
export function ended({ done, rejected, deferred, unknown, skipped }: RunCounts): number {
  return done + rejected + deferred + unknown + skipped;
}
