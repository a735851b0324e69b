// #region plugin
import { type AppointedPlugin, type AppointmentInput, createRunner, createToken } from '@appointed/core';
import { type FactoryContext, type IAppointmentFactory, provide, resolve } from '@appointed/core';

// A service that the factory needs: who trains where.
class Rooms {
  roomOf(team: string): string {
    return team === 'sales' ? 'Room 12' : 'Auditorium';
  }
}

class FirstAidTraining implements IAppointmentFactory {
  constructor(private readonly rooms: Rooms) {}

  getAppointment({ mailbox }: FactoryContext): AppointmentInput {
    return {
      subject: 'First aid training',
      start: { dateTime: '2027-03-01T09:00', timeZone: 'Europe/Berlin' },
      end: { dateTime: '2027-03-01T12:00', timeZone: 'Europe/Berlin' },
      location: this.rooms.roomOf(mailbox.attributes['team'] ?? ''),
    };
  }
}

// The plugin, with the tokens that others may override or ask for.
const ROOMS = createToken<Rooms>('example.rooms');
const TRAINING = createToken<IAppointmentFactory>('example.training');
const training: AppointedPlugin = {
  name: 'first-aid-training',
  register(container) {
    provide(container, ROOMS, () => new Rooms());
    provide(container, TRAINING, (from) => new FirstAidTraining(resolve(from, ROOMS)));
  },
};
// #endregion plugin
import assert from 'node:assert/strict';
import { startSandbox } from '@appointed/sandbox';
import { basic, ews } from '@appointed/transport-ews';

const beth = { smtp: 'beth@contoso.com', attributes: { team: 'sales' } };
const credentials = { user: 'svc', password: 'secret' };
await using exchange = await startSandbox({
  mailboxes: [{ address: beth.smtp, name: 'Beth' }],
  serviceAccounts: [{ ...credentials, impersonates: ['*'] }],
});
const transport = ews({ url: exchange.ewsUrl, credentials: basic(credentials) });
// #region use
const runner = await createRunner({ transport, plugins: [training] });
await runner.run({ mailboxes: [beth], factory: TRAINING });
// #endregion use
await runner.close();

const [item] = exchange.items(beth.smtp);
assert.equal(item?.location, 'Room 12');
console.log('Beth trains in Room 12.');
