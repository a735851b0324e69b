// #region save
import {
  Appointment,
  ConnectingIdType,
  DateTime,
  ExchangeService,
  ExchangeVersion,
  ImpersonatedUserId,
  SendInvitationsMode,
  TimeZoneInfo,
  Uri,
  WebCredentials,
} from 'ews-javascript-api';

export async function saveLesson(ewsUrl: string, mailbox: string): Promise<void> {
  const service = new ExchangeService(ExchangeVersion.Exchange2013_SP1, TimeZoneInfo.Utc);
  service.Url = new Uri(ewsUrl);
  service.Credentials = new WebCredentials('svc', 'secret');
  service.ImpersonatedUserId = new ImpersonatedUserId(ConnectingIdType.SmtpAddress, mailbox);
  const lesson = new Appointment(service);
  lesson.Subject = 'Tennis lesson';
  lesson.Start = new DateTime('2026-11-24T09:00:00Z');
  lesson.End = new DateTime('2026-11-24T10:00:00Z');
  await lesson.Save(SendInvitationsMode.SendToNone);
}
// #endregion save
