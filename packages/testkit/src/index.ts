export type { FakeItem } from './fake/fake-item.js';
export type { FakeOwner } from './fake/fake-owner.js';
export type { FakeAnswer, FakeCall, FakeScript, FakeVerb } from './fake/fake-script.js';
export { fakeTransport, type FakeTransport, type FakeTransportOptions } from './fake/fake-transport.js';

export type {
  CalendarEntry,
  OwnerDeeds,
  ServerFault,
  SuiteRunner,
  TransportHarness,
  TransportUnderTest,
} from './suite/transport-harness.js';
export { transportSuite } from './suite/transport-suite.js';

export type { LedgerHarness, LedgerStorage, LedgerUnderTest } from './ledger-suite/ledger-harness.js';
export { ledgerSuite } from './ledger-suite/ledger-suite.js';

export type { FactoryHarness } from './factory-suite/factory-harness.js';
export { factorySuite } from './factory-suite/factory-suite.js';

export { previewAppointment, type PreviewOptions } from './preview/preview-appointment.js';
