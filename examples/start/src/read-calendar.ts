import {
  type Appointment,
  CalendarView,
  ConnectingIdType,
  DateTime,
  ExchangeService,
  ExchangeVersion,
  FolderId,
  ImpersonatedUserId,
  ServiceError,
  TimeZoneInfo,
  Uri,
  WebCredentials,
  WellKnownFolderName,
} from 'ews-javascript-api';

/** Where the calendars are, and who reads them. */
export interface CalendarReader {
  readonly ewsUrl: string;
  readonly user: string;
  readonly password: string;
}

/** What a calendar holds, or the code with which the server refuses to say so. */
export interface Reading {
  readonly appointments: readonly Appointment[];
  readonly refusal?: string;
}

/** What is in somebody's calendar in the coming week, read by a client that shares no code with the transport. */
export async function readCalendar(reader: CalendarReader, address: string): Promise<Reading> {
  const service = new ExchangeService(ExchangeVersion.Exchange2013_SP1, TimeZoneInfo.Utc);
  service.Url = new Uri(reader.ewsUrl);
  service.Credentials = new WebCredentials(reader.user, reader.password);
  service.ImpersonatedUserId = new ImpersonatedUserId(ConnectingIdType.SmtpAddress, address);
  const week = new CalendarView(DateTime.Now, DateTime.Now.AddDays(7));
  try {
    const { Items } = await service.FindAppointments(new FolderId(WellKnownFolderName.Calendar), week);
    return { appointments: Items };
  } catch (error) {
    // The library throws the SOAP fault itself, which is no Error.
    const refusal = ServiceError[(error as { readonly responseCode?: ServiceError }).responseCode ?? Number.NaN];
    if (refusal === undefined) throw error;
    return { appointments: [], refusal };
  }
}
