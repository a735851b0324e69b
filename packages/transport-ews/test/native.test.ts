import { type FactoryContext, type IAppointmentFactory, parseMailbox, type NativeAppointment } from '@appointed/core';
import { createRunner } from '@appointed/core';
import {
  Appointment,
  AttachmentCollection,
  DateTime,
  type ExchangeService,
  MessageBody,
  SendInvitationsMode,
  StringList,
  WebCredentials,
} from 'ews-javascript-api';
import { describe, expect, it } from 'vitest';
import { answer, createItemResponse, saved } from './canned-answers.js';
import { cannedServer } from './canned-server.js';
import { ALFRED, transportTo } from './placing.js';
import { schemaIsAtHand, validate } from './schema.js';

/** Microsoft's sample, line by line. */
class AppointmentFactory {
  GetAppointment(service: ExchangeService): Appointment {
    const appointment = new Appointment(service);
    appointment.Subject = 'Tennis lesson';
    appointment.Body = new MessageBody('Focus on backhand this week.');
    appointment.Start = DateTime.Now.AddDays(3);
    appointment.End = appointment.Start.AddHours(1);
    appointment.Location = 'Tennis club';
    appointment.ReminderDueBy = DateTime.Now;
    return appointment;
  }
}

const nowhere = transportTo('http://127.0.0.1:9/EWS/Exchange.asmx');

function context(mailbox = ALFRED): FactoryContext {
  return { mailbox, runId: 'run', slot: 'default', startedAt: new Date(0), signal: new AbortController().signal };
}

async function ask(factory: IAppointmentFactory): Promise<NativeAppointment> {
  return (await factory.getAppointment(context())) as NativeAppointment;
}

async function requestOf(make: (service: ExchangeService) => Appointment): Promise<string> {
  await using server = await cannedServer(answer(200, createItemResponse(saved('item'))));
  const transport = transportTo(server.url);
  await using runner = await createRunner({ transport });
  const factory = transport.native({ getAppointment: make });
  const report = await runner.run({ mailboxes: ['alfred@contoso.com'], factory });
  expect(report.failures).toEqual([]);
  const [request] = server.requests;
  if (request === undefined) throw new Error('nothing was sent');
  return request.body;
}

const sample = new AppointmentFactory();

describe('a factory written as in Microsoft’s sample', () => {
  it('runs unchanged: impersonated, keyed, without invitations', async () => {
    const request = await requestOf((service) => sample.GetAppointment(service));
    expect(request).toContain('<t:SmtpAddress>alfred@contoso.com</t:SmtpAddress>');
    expect(request).toContain('SendMeetingInvitations="SendToNone"');
    expect(request).toContain('<t:Subject>Tennis lesson</t:Subject>');
    expect(request).toMatch(/<t:Value>[0-9a-f]{32}<\/t:Value>/);
    expect(request).toMatch(/<t:UID>[0-9a-f]{32}@appointed<\/t:UID>/);
    if (schemaIsAtHand) validate(request);
  });

  it('sends invitations when there are attendees of any kind', async () => {
    const request = await requestOf((service) => {
      const meeting = sample.GetAppointment(service);
      meeting.OptionalAttendees.Add('beth@contoso.com');
      return meeting;
    });
    expect(request).toContain('SendMeetingInvitations="SendToAllAndSaveCopy"');
  });

  it('may put anything into its strings', async () => {
    const request = await requestOf((service) => {
      const meeting = sample.GetAppointment(service);
      meeting.Subject = 'R&D <b>"x"</b>\u0007\uD800 🎾';
      meeting.Body = new MessageBody('<p>a & b</p>');
      meeting.Location = '</t:Location></t:CalendarItem><t:CalendarItem><t:Subject>crafted';
      meeting.Categories = new StringList(['a&b']);
      meeting.RequiredAttendees.Add('Carl "C" <Carlsen>', "o'hara&sons@contoso.com");
      return meeting;
    });
    expect(request).toContain('<t:Subject>R&amp;D &lt;b&gt;&quot;x&quot;&lt;/b&gt; 🎾</t:Subject>');
    expect(request).toContain('<t:String>a&amp;b</t:String>');
    expect(request.match(/<t:CalendarItem[ >]/g)).toHaveLength(1);
    if (schemaIsAtHand) validate(request);
  });

  it('is given a service that names the mailbox and cannot send', async () => {
    await requestOf((service) => {
      expect(service.ImpersonatedUserId.Id).toBe('alfred@contoso.com');
      expect(service.Url.AbsoluteUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/EWS\/Exchange\.asmx$/);
      expect(service.Credentials).toBeNull();
      return sample.GetAppointment(service);
    });
  });
});

it('a native appointment may have no subject, as any item of Exchange', async () => {
  const factory = nowhere.native({
    getAppointment(service: ExchangeService) {
      const appointment = new Appointment(service);
      appointment.Start = DateTime.Now;
      appointment.End = appointment.Start.AddHours(1);
      return appointment;
    },
  });
  expect(await ask(factory)).toMatchObject({ subject: '' });
});

describe('a native factory is refused', () => {
  it('when it returns an object that it had returned before', async () => {
    let kept: Appointment | undefined;
    const factory = nowhere.native({
      getAppointment: (service: ExchangeService) => (kept ??= sample.GetAppointment(service)),
    });
    await ask(factory);
    await expect(ask(factory)).rejects.toMatchObject({ code: 'native_reused', mailbox: 'alfred@contoso.com' });
  });

  it('when it returns something else', async () => {
    const factory = nowhere.native({ getAppointment: () => ({ Subject: 'Tennis lesson' }) });
    await expect(ask(factory)).rejects.toMatchObject({ code: 'factory_returned_nothing' });
  });

  it('when it attaches files, which the library would send by a request of its own', async () => {
    const factory = nowhere.native({
      getAppointment: (service: ExchangeService) => {
        const appointment = sample.GetAppointment(service);
        const { Attachments } = appointment;
        expect(Attachments).toBeInstanceOf(AttachmentCollection);
        Attachments.AddFileAttachment('a.txt', 'YQ==');
        return appointment;
      },
    });
    await expect(ask(factory)).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('when it saves, also where nobody waits for that', async () => {
    const saving = {
      getAppointment(service: ExchangeService) {
        const appointment = sample.GetAppointment(service);
        void appointment.Save(SendInvitationsMode.SendToNone);
        return appointment;
      },
    };
    await expect(ask(nowhere.native(saving))).rejects.toMatchObject({
      code: 'unsupported',
      hint: 'Return the appointment without saving it: the run saves it.',
    });
  });

  it('when it is a class, or returns nothing, with a word about what to do', async () => {
    expect(() => nowhere.native(AppointmentFactory as never)).toThrow(
      expect.objectContaining({
        code: 'factory_unresolvable',
        hint: expect.stringContaining('new AppointmentFactory'),
      }),
    );
    const factory = nowhere.native({
      getAppointment: (service: ExchangeService) => void sample.GetAppointment(service),
    });
    await expect(ask(factory)).rejects.toMatchObject({ hint: 'Return the appointment.' });
  });

  it('in the words of the library, without its stack', async () => {
    const factory = nowhere.native({
      getAppointment(service: ExchangeService) {
        const appointment = sample.GetAppointment(service);
        Object.assign(appointment, { Start: new Date('2027-01-15T09:00:00Z') });
        return appointment;
      },
    });
    await expect(ask(factory)).rejects.toThrow(/^Invalid date and time: .*\)\.?$/);
  });

  it('when it sends requests itself', async () => {
    await using server = await cannedServer(answer(200, createItemResponse(saved('item'))));
    const factory = transportTo(server.url).native({
      getAppointment: async (service: ExchangeService) => {
        service.Credentials = new WebCredentials('svc', 'its own');
        const appointment = sample.GetAppointment(service);
        await service.GetRoomLists();
        return appointment;
      },
    });
    await expect(ask(factory)).rejects.toMatchObject({ code: 'unsupported' });
    expect(server.requests).toHaveLength(0);
  });
});

it('a native appointment of another mailbox is made for that mailbox', async () => {
  const factory = nowhere.native(sample);
  const other = context(parseMailbox({ upn: 'beth@contoso.com' }));
  expect(await factory.getAppointment(other)).toMatchObject({
    transport: 'ews',
    subject: 'Tennis lesson',
    attendeeCount: 0,
  });
});
