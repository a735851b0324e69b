import type { Appointment, AppointmentField } from '../appointment/appointment.js';
import type { Moment } from '../appointment/moment.js';
import type { NativeAppointment } from '../appointment/native-appointment.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import type { Lane } from '../pacer/pacer.js';
import type { SendMode, UpdateSendMode } from '../placement/send-mode.js';
import type { Diagnosis, DiagnosisRequest } from './diagnosis.js';
import type { Outcome } from './outcome.js';

/**
 * Saves, finds, updates and removes appointments through one protocol, acting as each mailbox's owner.
 *
 * What the type checker cannot enforce, and `transportSuite` of @appointed/testkit tests: no write is repeated by the
 * transport itself, except after an authentication challenge; no byte of a write is sent after `call.sendBy`; every
 * method resolves, within `call.timeoutMs` and soon after `call.signal` is aborted, with an outcome for whatever the
 * network does, and rejects only for programming errors; `find` returns every match, wherever in the mailbox it is.
 */
export interface AppointmentTransport {
  /** Short and stable: `ews`, `graph`. */
  readonly name: string;
  /** What the transport can do for a mailbox, and which lanes its requests travel. */
  route(mailbox: Mailbox): Route | Promise<Route>;
  /** Saves new appointments in one mailbox's calendar with one send mode. One outcome for each item, in their order. */
  save(request: SaveRequest, call: Call): Promise<readonly Outcome<Receipt>[]>;
  /**
   * Finds saved placements by their keys: all matches, so that duplicates show, also those that their owner moved to
   * another folder, copied or deleted, as long as the server still has them.
   */
  find(mailbox: Mailbox, keys: readonly string[], call: Call): Promise<Outcome<readonly Found[]>>;
  /** Reads items as they are now, at most `maxItemsPerSave`; `gone` in the place of one that no longer exists. */
  read(mailbox: Mailbox, itemIds: readonly string[], call: Call): Promise<Outcome<readonly (StoredItem | 'gone')[]>>;
  /**
   * Changes some fields of one saved item and leaves the others alone. `conflict`, when it has changed since it was read
   * (its change key is another one): nothing was changed, and it is to be read again.
   */
  update(mailbox: Mailbox, update: Update, call: Call): Promise<Outcome<Receipt | 'gone' | 'conflict'>>;
  /** Removes one saved placement. One that no longer exists is `gone`, which is no failure. */
  remove(mailbox: Mailbox, removal: Removal, call: Call): Promise<Outcome<'removed' | 'gone'>>;
  /** Is there an item in the calendar with this subject and start, whoever made it? */
  hasSimilar(mailbox: Mailbox, similar: Similar, call: Call): Promise<Outcome<boolean>>;
  /** May we act as this mailbox's owner, and whose mailbox is it? Writes nothing. */
  check(mailbox: Mailbox, call: Call): Promise<Outcome<Access>>;
  /**
   * The zone that the mailbox's owner has chosen, by its IANA or Windows name; undefined where there is none yet. Writes
   * nothing.
   */
  zone(mailbox: Mailbox, call: Call): Promise<Outcome<string | undefined>>;
  /**
   * Examines the server, the way to it and some mailboxes: what would keep runs from working, and what to do about it.
   * Writes nothing. Each finding comes as soon as it is made; whatever the network does is a finding, and what throws is
   * a programming error. Absent where a transport has nothing to say of itself.
   */
  diagnose?(request: DiagnosisRequest): AsyncIterable<Diagnosis>;
  /** Closes connections. Calls that come later are rejected with `connection_failed`. */
  close?(): Promise<void>;
}

/** The way to one mailbox. */
export interface Route {
  readonly capabilities: TransportCapabilities;
  /** All the lanes that a request for this mailbox occupies. */
  readonly lanes: readonly Lane[];
}

/** What a transport can do. Declared, so that what it cannot is refused before anything is sent. */
export interface TransportCapabilities {
  /** For meetings; an appointment without attendees can always be saved with `none`. */
  readonly sendModes: readonly SendMode[];
  /** How many items one `save` may hold; at least 1. */
  readonly maxItemsPerSave: number;
  /** How many bytes the attachments of one `save` may have together. By default 0: it cannot save any. */
  readonly maxAttachmentBytes?: number;
  /** Can it have the server make online meetings? By default not. */
  readonly onlineMeetings?: boolean;
  /** The fields that `update` can neither write nor empty. By default none. */
  readonly unchangeableFields?: readonly AppointmentField[];
  /** The names of the transports whose native appointments can be saved for this mailbox. By default none. */
  readonly nativeAppointments?: readonly string[];
}

/** New appointments for one mailbox, all sent the same way. */
export interface SaveRequest {
  readonly mailbox: Mailbox;
  readonly sendMode: SendMode;
  readonly items: readonly SaveItem[];
}

/** One new appointment. */
export interface SaveItem {
  /** The placement's key; it travels inside the saved item, and the item is found by it. */
  readonly key: string;
  /** The item's iCalendar UID: another one each time that something is placed again. By default that of the key. */
  readonly uid?: string;
  readonly content: Appointment | NativeAppointment;
}

/** What a server returned for a saved placement. */
export interface Receipt {
  /** EWS ItemId, Graph event id. Does not outlive a move between servers; the key does. */
  readonly itemId: string;
  readonly changeKey?: string;
  /** The iCalendar UID under which attendees know the meeting. */
  readonly iCalUid?: string;
  /** The server's id of the request that saved it. */
  readonly requestId?: string;
}

/**
 * Where in a mailbox an item is: in its calendar; in another folder, where its owner moved it; or among the deleted items,
 * where its owner can still take it back from.
 */
export type ItemPlace = 'calendar' | 'elsewhere' | 'deleted';

/** A saved placement, found again. */
export interface Found {
  readonly key: string;
  readonly itemId: string;
  readonly changeKey?: string;
  /** A copy that somebody made has the key of the original and another UID. */
  readonly iCalUid?: string;
  /**
   * Of an original whose server gives UIDs of its own: the UID that it was saved with. Absent of copies, and where the
   * UID says all.
   */
  readonly savedUid?: string;
  readonly place: ItemPlace;
}

/** An item as it is on the server. */
export interface StoredItem {
  readonly itemId: string;
  readonly changeKey?: string;
  /** The fields that the transport can read; one that has no value is absent. */
  readonly fields: Partial<Appointment>;
}

/** What to change in an item. */
export interface Update {
  readonly itemId: string;
  /** As it was read; absent where the transport knows none. */
  readonly changeKey?: string;
  /** The fields to write. `start` and `end` come together, and with what there is of `isAllDay` and `recurrence`. */
  readonly set: Partial<Appointment>;
  /** The fields to empty; a reminder becomes what the server gives a new item. */
  readonly clear: readonly AppointmentField[];
  readonly sendMode: UpdateSendMode;
}

/** What makes two appointments the same in the eyes of their owner. */
export interface Similar {
  readonly subject: string;
  readonly start: Moment;
}

/** A mailbox that may be acted for. */
export interface Access {
  /** By which two rows are known to be one person. Absent where the directory does not say. */
  readonly primaryAddress?: string;
  /** `group`: a distribution list or the mailbox of a group. Absent where the directory does not say. */
  readonly kind?: 'mailbox' | 'group' | 'contact' | 'publicFolder';
}

/** Which item to remove, and whether its attendees are told. */
export interface Removal {
  readonly itemId: string;
  readonly sendMode: SendMode;
}

/** The limits of one call. */
export interface Call {
  /** The run's signal: when it is aborted, nothing more is sent, and what is under way is given up. */
  readonly signal: AbortSignal;
  /** No byte of a write leaves after this moment (milliseconds since the epoch). */
  readonly sendBy: number;
  /** How long the whole call may take, in milliseconds. */
  readonly timeoutMs: number;
}
