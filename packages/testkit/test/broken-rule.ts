import type { AppointmentTransport } from '@appointed/core';
import type { FakeTransport } from '@appointed/testkit';

/** Methods that take the place of the fake's. */
export type Methods = Partial<Omit<AppointmentTransport, 'name'>>;

/** A rule of the contract that is broken, and the test of the suite that must notice. */
export type BrokenRule = readonly [rule: string, noticedBy: RegExp, breakIt: (fake: FakeTransport) => Methods];
