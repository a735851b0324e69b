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

/** Invites Berta and a room to a review. */
export async function inviteBerta(ewsUrl: string, { as, room }: { as: string; room: string }): Promise<void> {
  const service = new ExchangeService(ExchangeVersion.Exchange2013_SP1, TimeZoneInfo.Utc);
  service.Url = new Uri(ewsUrl);
  service.Credentials = new WebCredentials('svc', 'secret');
  service.ImpersonatedUserId = new ImpersonatedUserId(ConnectingIdType.SmtpAddress, as);
  const review = new Appointment(service);
  review.Subject = 'Review';
  review.Start = new DateTime('2026-11-24T09:00:00Z');
  review.End = new DateTime('2026-11-24T10:00:00Z');
  review.RequiredAttendees.Add('berta@contoso.com');
  review.Resources.Add(room);
  await review.Save(SendInvitationsMode.SendToAllAndSaveCopy);
}
