import util from 'node:util';
import { AppointedError } from '@appointed/core';

/** An Appointment of ews-javascript-api, as far as it is used here. Its own types never leave this package. */
export interface LibraryAppointment {
  readonly Subject: string | null;
  ICalUid: string | null;
  readonly Attachments: { readonly Count: number };
  readonly RequiredAttendees: { readonly Count: number };
  readonly OptionalAttendees: { readonly Count: number };
  readonly Resources: { readonly Count: number };
  readonly PropertyBag: { WriteToXml(writer: unknown): void };
  SetExtendedProperty(definition: unknown, value: string): void;
  Validate(): void;
}

/** An ExchangeService of ews-javascript-api. */
export interface LibraryService {
  Url: unknown;
  ImpersonatedUserId: unknown;
  XHRApi: unknown;
  /** What an item's Save calls. */
  CreateItem: (...parts: never[]) => unknown;
  /** What every request begins with. */
  PrepareHttpWebRequest: (...parts: never[]) => unknown;
}

/** The library's XML writer, which escapes nothing. */
interface LibraryWriter {
  GetXML(): string;
  WriteAttributeString(...parts: readonly string[]): void;
  WriteValue(value: string, name: string): void;
}

/** What is used of ews-javascript-api. */
export interface EwsLibrary {
  readonly Appointment: new (...parts: never[]) => LibraryAppointment;
  readonly ExchangeService: new (version: unknown, zone: unknown) => LibraryService;
  readonly ExchangeVersion: Readonly<Record<string, unknown>>;
  readonly TimeZoneInfo: { readonly Utc: unknown };
  readonly Uri: new (address: string) => unknown;
  readonly ImpersonatedUserId: new (kind: unknown, id: string) => unknown;
  readonly ConnectingIdType: Readonly<Record<string, unknown>>;
  readonly ExtendedPropertyDefinition: new (set: unknown, name: string, type: unknown) => unknown;
  readonly Guid: new (text: string) => unknown;
  readonly MapiPropertyType: { readonly String: unknown };
  readonly EwsServiceXmlWriter: new (service: LibraryService) => LibraryWriter;
}

let loading: Promise<EwsLibrary> | undefined;

/**
 * The app's copy of ews-javascript-api. Loaded when a native factory is first asked: it takes about a second.
 * @throws AppointedError `unsupported`, when it is not installed
 */
export function loadEwsLibrary(): Promise<EwsLibrary> {
  loading ??= load();
  return loading;
}

async function load(): Promise<EwsLibrary> {
  giveBackToNode();
  try {
    const [main, writer] = await Promise.all([
      import('ews-javascript-api'),
      import('ews-javascript-api/js/Core/EwsServiceXmlWriter.js'),
    ]);
    return { ...main, ...writer } as unknown as EwsLibrary;
  } catch (cause) {
    throw new AppointedError('unsupported', 'native factories need the package ews-javascript-api', {
      hint: 'Install it beside @appointed/transport-ews: npm install ews-javascript-api@0.15.3',
      cause,
    });
  }
}

/** The library still calls a function of `node:util` that Node 23 has removed; without it no custom property works. */
function giveBackToNode(): void {
  const module: { isNullOrUndefined?: (value: unknown) => boolean } = util;
  module.isNullOrUndefined ??= (value) => value === null || value === undefined;
}
