import type { CalendarStore } from '../calendar/calendar-store.js';
import type { Directory } from '../directory/directory.js';
import type { FaultInjector } from '../faults/fault-injector.js';
import type { Timers } from '../faults/timers.js';
import type { RequestLog } from '../log/request-log.js';
import type { Outbox } from '../mail/outbox.js';
import type { Meetings } from '../meetings/meetings.js';
import type { SignIn } from '../sign-in/sign-in.js';
import type { People } from './people.js';
import type { SandboxClock } from './sandbox-clock.js';

/** The parts of a running sandbox, as its control works them. */
export interface Machinery {
  readonly randomSeed: number;
  readonly directory: Directory;
  readonly store: CalendarStore;
  readonly signIn: SignIn;
  readonly people: People;
  readonly faults: FaultInjector;
  readonly timers: Timers;
  readonly log: RequestLog;
  readonly outbox: Outbox;
  readonly meetings: Meetings;
  readonly clock: SandboxClock;
}
