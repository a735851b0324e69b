import type { Appointment, ItemPlace, NativeAppointment, SendMode } from '@appointed/core';

/** One item in a mailbox of a fake transport, as it was when it was asked for. */
export interface FakeItem {
  readonly key: string;
  /** Does not outlive a move to another folder, as on Exchange. */
  readonly itemId: string;
  /** Another one after each change. */
  readonly changeKey: string;
  /** A copy has one of its own. */
  readonly iCalUid: string;
  readonly place: ItemPlace;
  readonly subject: string;
  /** What it says now. Of a native appointment only the subject is known. */
  readonly fields: Partial<Appointment>;
  /** How it was saved. */
  readonly sendMode: SendMode;
  /** What was given to be saved, unchanged. */
  readonly content: Appointment | NativeAppointment;
}
