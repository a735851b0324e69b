/**
 * Microsoft's sample, "Add appointments by using Exchange impersonation", on ews-javascript-api with its defaults: for each
 * address the service is told whom to impersonate, a factory is asked for an Appointment, and that is saved.
 */
import util from 'node:util';
import type { Conditions, Contender } from './contender.js';

// Node 23 has removed what the library's HTTP client still calls.
const { isRegExp } = util.types;
if (!('isRegExp' in util)) Object.assign(util, { isRegExp });

/** One address after another, as the sample does. */
export function sampleLoop(conditions: Conditions): Promise<Contender> {
  return contender(conditions, 1);
}

/** As many loops as may be in flight, each with a service of its own: whom to impersonate is a property of the service. */
export function sampleLoops(conditions: Conditions): Promise<Contender> {
  return contender(conditions, conditions.inFlight);
}

async function contender({ port, isVaried }: Conditions, loops: number): Promise<Contender> {
  const {
    Appointment,
    ConnectingIdType,
    DateTime,
    ExchangeService,
    ExchangeVersion,
    ImpersonatedUserId,
    MessageBody,
    SendInvitationsMode,
    Uri,
    WebCredentials,
  } = await import('ews-javascript-api');

  const makeService = () => {
    const service = new ExchangeService(ExchangeVersion.Exchange2013_SP1);
    service.Url = new Uri(`http://127.0.0.1:${port}/EWS/Exchange.asmx`);
    service.Credentials = new WebCredentials('svc', 'secret');
    return service;
  };

  const getAppointment = (service: InstanceType<typeof ExchangeService>, mailbox: string, index: number) => {
    const appointment = new Appointment(service);
    const start = Date.UTC(2027, 0, 15, 9) + (isVaried ? index : 0) * 60_000;
    appointment.Subject = isVaried ? `Tennis lesson of ${mailbox}` : 'Tennis lesson';
    appointment.Body = new MessageBody(isVaried ? `Lesson ${index}: bring a racket.` : 'Bring a racket.');
    appointment.Start = new DateTime(start);
    appointment.End = new DateTime(start + 3_600_000);
    appointment.Location = 'Tennis club';
    appointment.ReminderMinutesBeforeStart = 15;
    return appointment;
  };

  return {
    async save(count) {
      let begun = 0;
      const loop = async (): Promise<void> => {
        const service = makeService();
        while (begun < count) {
          const mailbox = `user${begun}@contoso.com`;
          begun += 1;
          service.ImpersonatedUserId = new ImpersonatedUserId(ConnectingIdType.SmtpAddress, mailbox);
          const appointment = getAppointment(service, mailbox, begun);
          await appointment.Save(SendInvitationsMode.SendToNone);
          if (appointment.Id === null) throw new Error('it was not saved');
        }
      };
      await Promise.all(Array.from({ length: loops }, loop));
    },
    close: () => Promise.resolve(),
  };
}
