import {
  AppointedError,
  type FactoryContext,
  type IAppointmentFactory,
  KEY_PROPERTY,
  type Mailbox,
  type MailboxKind,
  type NativeAppointment,
  placementKey,
  placementUid,
} from '@appointed/core';
import type { EwsLibrary, LibraryAppointment, LibraryService } from './ews-library.js';
import { loadEwsLibrary } from './ews-library.js';
import { inPlainErrors } from './in-plain-errors.js';
import { keepNative } from './native-item.js';
import { writeNative } from './write-native.js';

/**
 * A factory written as in Microsoft's sample: it is given an ExchangeService of ews-javascript-api and returns a new
 * Appointment bound to it. (`never` takes whatever type of service it declares.)
 */
export type NativeFactory = { GetAppointment(service: never): unknown } | { getAppointment(service: never): unknown };

/** Does it have the method? */
export function isNativeFactory(value: unknown): value is NativeFactory {
  const { GetAppointment, getAppointment } = (value ?? {}) as Record<string, unknown>;
  return typeof GetAppointment === 'function' || typeof getAppointment === 'function';
}

/** Asks native factories. One for each transport, since the service that it hands out names the transport's address. */
export class NativeAppointmentFactory implements IAppointmentFactory {
  readonly #factory: NativeFactory;
  readonly #address: string;
  readonly #transport: string;

  constructor(factory: NativeFactory, address: string, transport: string) {
    this.#factory = factory;
    this.#address = address;
    this.#transport = transport;
  }

  /** @throws AppointedError `native_reused`, `unsupported`, `factory_returned_nothing`; what the factory throws */
  async getAppointment(context: FactoryContext): Promise<NativeAppointment> {
    const library = await loadEwsLibrary();
    const service = serviceFor(library, context.mailbox, this.#address);
    return inPlainErrors(() => this.#make(library, service, context));
  }

  async #make(library: EwsLibrary, service: LibraryService, context: FactoryContext): Promise<NativeAppointment> {
    const made: unknown = await ask(this.#factory, service);
    const appointment = checked(library, made, context.mailbox);
    stamp(library, appointment, placementKey(context.runId, context.slot, context.mailbox));
    return keepNative(writeNative(library, service, appointment), {
      transport: this.#transport,
      subject: subjectOf(appointment),
      attendeeCount:
        appointment.RequiredAttendees.Count + appointment.OptionalAttendees.Count + appointment.Resources.Count,
    });
  }
}

const CONNECTING_ID: Readonly<Record<MailboxKind, string>> = { smtp: 'SmtpAddress', upn: 'PrincipalName', sid: 'SID' };

/** A service that names the mailbox and sends nothing: the transport sends. */
function serviceFor(library: EwsLibrary, { kind, id }: Mailbox, address: string): LibraryService {
  // Without a zone the library takes the process's, and calls UTC "Greenwich Standard Time".
  const service = new library.ExchangeService(library.ExchangeVersion['Exchange2013_SP1'], library.TimeZoneInfo.Utc);
  service.Url = new library.Uri(address);
  service.ImpersonatedUserId = new library.ImpersonatedUserId(library.ConnectingIdType[CONNECTING_ID[kind]], id);
  service.XHRApi = { apiName: 'appointed', disconnect: () => undefined, xhr: refuseToSend, xhrStream: refuseToSend };
  // At once, where Save is called: nobody may be waiting for what it returns.
  service.CreateItem = refuseToSend;
  service.PrepareHttpWebRequest = refuseToSend;
  return service;
}

function refuseToSend(): never {
  throw new AppointedError('unsupported', 'a native factory makes appointments; it cannot send requests', {
    hint: 'Return the appointment without saving it: the run saves it.',
  });
}

function ask(factory: NativeFactory, service: LibraryService): unknown {
  return 'GetAppointment' in factory
    ? factory.GetAppointment(service as never)
    : factory.getAppointment(service as never);
}

const used = new WeakSet<LibraryAppointment>();

function checked({ Appointment }: EwsLibrary, made: unknown, { id }: Mailbox): LibraryAppointment {
  if (!(made instanceof Appointment)) {
    const message = `the native factory returned no Appointment of ews-javascript-api for ${id}`;
    const hint =
      made === undefined
        ? 'Return the appointment.'
        : 'Two copies of the library do not know each other’s objects: keep one.';
    throw new AppointedError('factory_returned_nothing', message, { mailbox: id, hint });
  }
  if (used.has(made)) {
    const message = `the native factory returned an Appointment for ${id} that it had returned before`;
    const hint = 'Return a new one each time: a saved object is bound to the calendar that it was saved in.';
    throw new AppointedError('native_reused', message, { mailbox: id, hint });
  }
  used.add(made);
  if (made.Attachments.Count > 0) {
    // The library would send them later, in a request of its own.
    throw new AppointedError('unsupported', `attachments of native appointments cannot be saved (${id})`, {
      mailbox: id,
    });
  }
  return made;
}

/** The library has no value for what was not set. */
function subjectOf(appointment: LibraryAppointment): string {
  try {
    return appointment.Subject ?? '';
  } catch {
    return '';
  }
}

function stamp(library: EwsLibrary, appointment: LibraryAppointment, key: string): void {
  const { propertySetId, name } = KEY_PROPERTY;
  const set = new library.Guid(propertySetId);
  const property = new library.ExtendedPropertyDefinition(set, name, library.MapiPropertyType.String);
  appointment.SetExtendedProperty(property, key);
  appointment.ICalUid = placementUid(key);
}
