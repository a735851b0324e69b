export { AppointedError, type ErrorSubject, type ServerDetails } from './error/appointed-error.js';
export { ERROR_CODES, type ErrorCode } from './error/error-code.js';

export type { Mailbox, MailboxAttributes, MailboxInput, MailboxKind } from './mailbox/mailbox.js';
export { parseMailbox } from './mailbox/parse-mailbox.js';

export type {
  AppointmentInput,
  AttendeeInput,
  BodyInput,
  Importance,
  Sensitivity,
  ShowAs,
} from './appointment/appointment-input.js';
export { type Appointment, type Attendee, attendeeCount, type Body } from './appointment/appointment.js';
export type { Moment, MomentInput } from './appointment/moment.js';
export type { Zone } from './appointment/zone.js';
export { isNativeAppointment, type NativeAppointment, nativeAppointment } from './appointment/native-appointment.js';
export { parseAppointment } from './appointment/parse-appointment.js';

export type { Content, FactoryContext, IAppointmentFactory } from './factory/appointment-factory.js';

export type {
  AppointmentTransport,
  Call,
  Found,
  Receipt,
  Removal,
  Route,
  SaveItem,
  SaveRequest,
  TransportCapabilities,
} from './transport/appointment-transport.js';
export type { Failure, Outcome, RejectionScope } from './transport/outcome.js';

export type { Feedback, Lane, Pacer, Permit } from './pacer/pacer.js';
export { fixedPacer } from './pacer/fixed-pacer.js';

export { KEY_PROPERTY, placementKey, placementUid } from './placement/placement-key.js';
export { type SendMode } from './placement/send-mode.js';

export { memoryLedger, type MemoryLedgerOptions } from './ledger/memory-ledger.js';
export {
  type Enrolment,
  PLACEMENT_STATES,
  type PlacementRow,
  type PlacementState,
  type RecordedError,
} from './ledger/placement-row.js';
export type { Claim, Claims, Hold, LedgerOwner, Mark, RowFilter, RunLedger } from './ledger/run-ledger.js';
export { LEDGER_FORMAT, type ManifestChange, type ManifestSlot, type RunManifest } from './ledger/run-manifest.js';

export type { EventName, LifecycleEvents, Listener, Placement, SentPlacement } from './events/lifecycle-events.js';

export { createRunner, type RunnerOptions } from './run/create-runner.js';
export type { FactoryReference, ImpersonationRunner, PlacementRecord, RunOptions } from './run/impersonation-runner.js';
export type { RunCounts, RunFailure, RunReport } from './run/run-report.js';

export type { AppointedPlugin } from './plugin/plugin.js';
export { createToken, provide, resolve, type Token } from './plugin/token.js';
export { CLOCK, LEDGER, PACER, TRANSPORT } from './plugin/tokens.js';
export { type DependencyContainer } from 'tsyringe';
