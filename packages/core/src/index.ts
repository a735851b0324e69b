export { AppointedError, type ErrorSubject, type ServerDetails } from './error/appointed-error.js';
export { ERROR_CODES, type ErrorCode } from './error/error-code.js';

export type { Mailbox, MailboxAttributes, MailboxInput, MailboxKind } from './mailbox/mailbox.js';
export { parseMailbox } from './mailbox/parse-mailbox.js';

export type {
  AppointmentInput,
  AttendeeInput,
  BodyInput,
  Importance,
  LocationInput,
  Sensitivity,
  ShowAs,
} from './appointment/appointment-input.js';
export {
  type Appointment,
  type AppointmentField,
  type Attendee,
  attendeeCount,
  type Body,
} from './appointment/appointment.js';
export type { Attachment, AttachmentInput } from './appointment/attachment.js';
export type { CustomProperty, CustomPropertyInput, CustomPropertyName } from './appointment/custom-property.js';
export { digestFields, type FieldDigests } from './appointment/field-digests.js';
export { inMailboxZone } from './appointment/in-mailbox-zone.js';
export type { ByLanguage, Localized } from './appointment/localized.js';
export type {
  CalendarDateInput,
  DateInput,
  Moment,
  MomentInput,
  PlainDateInput,
  WallTimeInput,
  ZonedDateTimeInput,
} from './appointment/moment.js';
export type {
  DayIndex,
  Recurrence,
  RecurrenceInput,
  RecurrencePattern,
  RecurrenceRange,
  RelativeDay,
  Weekday,
} from './appointment/recurrence.js';
export type { Zone } from './appointment/zone.js';
export { isNativeAppointment, type NativeAppointment, nativeAppointment } from './appointment/native-appointment.js';
export { parseAppointment, type ParseContext } from './appointment/parse-appointment.js';

export type { Content, FactoryContext, IAppointmentFactory } from './factory/appointment-factory.js';
export { type Nothing, NOTHING } from './factory/nothing.js';

export type {
  Access,
  AppointmentTransport,
  Call,
  Found,
  ItemPlace,
  Receipt,
  Removal,
  Route,
  SaveItem,
  SaveRequest,
  Similar,
  StoredItem,
  TransportCapabilities,
  Update,
} from './transport/appointment-transport.js';
export type { Diagnosis, DiagnosisLevel, DiagnosisRequest } from './transport/diagnosis.js';
export type { Failure, Outcome, RejectionScope } from './transport/outcome.js';

export { adaptivePacer, type AdaptivePacerOptions } from './pacer/adaptive-pacer.js';
export type { PaceChange, PaceListener, PaceReason } from './pacer/pace-change.js';
export type { Budget, Feedback, Lane, Pacer, Permit } from './pacer/pacer.js';
export { fixedPacer } from './pacer/fixed-pacer.js';

export { KEY_PROPERTY, placementKey, placementUid } from './placement/placement-key.js';
export { type SendMode, type UpdateSendMode } from './placement/send-mode.js';

export { memoryLedger, type MemoryLedgerOptions } from './ledger/memory-ledger.js';
export {
  type Enrolment,
  PLACEMENT_STATES,
  type PlacementRow,
  type PlacementState,
  type RecordedError,
  type Task,
  TASKS,
} from './ledger/placement-row.js';
export type {
  Assignees,
  Claim,
  Claims,
  Hold,
  LedgerOwner,
  Mark,
  RowFilter,
  RunLedger,
  SettledCounts,
} from './ledger/run-ledger.js';
export {
  LEDGER_FORMAT,
  type ManifestChange,
  type ManifestSlot,
  type RunManifest,
  type RunState,
} from './ledger/run-manifest.js';

export type { DistributedCall, Distribution, Distributor, WorkEventListener } from './distribution/distributor.js';
export type { WorkOrder, WorkSettings } from './distribution/work-order.js';
export type { WorkReport } from './distribution/work-report.js';
export type { HeldBack } from './guards/invitation-guard.js';

export type { EventName, LifecycleEvents, Listener, Placement, SentPlacement } from './events/lifecycle-events.js';

export type { Plan, PlanCounts, PlanFinding, PlanRecipient } from './preflight/plan.js';

export { type RunnerOptions } from './run/compose.js';
export { createRunner } from './run/create-runner.js';
export { createRunWorker, type RunWorker, type RunWorkerOptions, type WorkCall } from './run/create-run-worker.js';
export type { CallOptions, MailboxList, PlacementRecord, Skipped } from './run/call-options.js';
export type { FactoryOptions, FactoryReference } from './run/factory-options.js';
export type { ImpersonationRunner } from './run/impersonation-runner.js';
export type { PreflightOptions } from './run/preflight-options.js';
export type { ReconcileOptions } from './run/reconcile-options.js';
export type { RetractOptions } from './run/retract-options.js';
export type { ReviseOptions } from './run/revise-options.js';
export type { CanaryOptions, RunOptions } from './run/run-options.js';
export type { RunCounts, RunFailure, RunReport } from './run/run-report.js';
export type { VerifyOptions } from './run/verify-options.js';
export type { Finding, FindingKind, VerifyReport } from './run/verify-report.js';
export type { VerbName } from './verbs/verb.js';

export type { AppointedPlugin } from './plugin/plugin.js';
export { createToken, provide, resolve, type Token } from './plugin/token.js';
export { CLOCK, DISTRIBUTOR, LEDGER, PACER, TRANSPORT } from './plugin/tokens.js';
export type { DependencyContainer } from 'tsyringe';
