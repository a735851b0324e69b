import {
  type AppointedPlugin,
  type AppointmentInput,
  CLOCK,
  createRunner,
  createToken,
  type FactoryReference,
  type IAppointmentFactory,
  LEDGER,
  memoryLedger,
  PACER,
  type Pacer,
  provide,
  resolve,
  TRANSPORT,
} from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { container as globalContainer } from 'tsyringe';
import { describe, expect, it } from 'vitest';
import { addresses, LESSON, lesson } from './lesson.js';
import { rowsOf } from './rows-of.js';

interface Club {
  readonly name: string;
}

const CLUB = createToken<Club>('test.club');
const CLUB_FACTORY = createToken<IAppointmentFactory>('test.club-factory');

class ClubFactory implements IAppointmentFactory {
  readonly #club: Club;

  constructor(club: Club) {
    this.#club = club;
  }

  getAppointment(): AppointmentInput {
    return { ...LESSON, location: this.#club.name };
  }
}

function clubPlugin(name: string): AppointedPlugin {
  return {
    name: 'club',
    register(container) {
      provide(container, CLUB, () => ({ name }));
      provide(container, CLUB_FACTORY, (from) => new ClubFactory(resolve(from, CLUB)));
    },
  };
}

class PlainFactory implements IAppointmentFactory {
  getAppointment(): AppointmentInput {
    return LESSON;
  }
}

describe('a factory', () => {
  it.each<[string, FactoryReference]>([
    ['an instance', lesson],
    ['a class', PlainFactory],
    ['a token', CLUB_FACTORY],
  ])('may be %s', async (_kind, factory) => {
    const runner = await createRunner({ transport: fakeTransport(), plugins: [clubPlugin('Tennis club')] });
    expect((await runner.run({ mailboxes: addresses(2), factory })).counts.done).toBe(2);
  });

  it.each<[string, unknown, string]>([
    ['a token that nobody provides', createToken('test.nobody'), 'factory'],
    ['a class whose dependencies are unknown', ClubFactory, 'factory'],
    ['a string', 'ClubFactory', 'factory'],
    ['an object without getAppointment', {}, 'factory'],
    ['a class without getAppointment', Date, 'factory'],
  ])('may not be %s', async (_kind, factory, field) => {
    const runner = await createRunner({ transport: fakeTransport() });
    const run = runner.run({ mailboxes: addresses(1), factory: factory as FactoryReference });
    await expect(run).rejects.toMatchObject({ code: 'factory_unresolvable', field });
  });

  it('that cannot be resolved is named by its slot', async () => {
    const runner = await createRunner({ transport: fakeTransport() });
    const factories = { good: lesson, bad: createToken<IAppointmentFactory>('test.nobody') };
    const run = runner.run({ mailboxes: addresses(1), factories });
    await expect(run).rejects.toMatchObject({ code: 'factory_unresolvable', field: 'factories.bad' });
  });
});

describe('plugins', () => {
  it('provide services for the factories of their runner, and of no other', async () => {
    const transports = [fakeTransport(), fakeTransport()];
    const clubs = ['Tennis club', 'Golf club'];
    for (const [n, transport] of transports.entries()) {
      const runner = await createRunner({ transport, plugins: [clubPlugin(clubs[n]!)] });
      await runner.run({ mailboxes: addresses(1), factory: CLUB_FACTORY });
    }
    const locations = transports.flatMap(({ saves }) =>
      saves.flatMap(({ items }) => items.map(({ content }) => content)),
    );
    expect(locations).toMatchObject([{ location: 'Tennis club' }, { location: 'Golf club' }]);
  });

  it('are registered in their order and awaited; the last registration counts', async () => {
    const log: string[] = [];
    const plugins: AppointedPlugin[] = [
      { name: 'slow', register: async () => void (await Promise.resolve(), log.push('slow')) },
      { name: 'quick', register: () => void log.push('quick') },
      clubPlugin('First'),
      clubPlugin('Second'),
    ];
    const transport = fakeTransport();
    const runner = await createRunner({ transport, plugins });
    await runner.run({ mailboxes: addresses(1), factory: CLUB_FACTORY });
    expect(log).toEqual(['slow', 'quick']);
    expect(transport.saves[0]?.items[0]?.content).toMatchObject({ location: 'Second' });
  });

  it('may provide the transport, the pacer and the clock', async () => {
    const transport = fakeTransport({ name: 'plugged' });
    let acquired = 0;
    const pacer: Pacer = { acquire: () => ((acquired += 1), Promise.resolve({ release: () => undefined })) };
    const plugin: AppointedPlugin = {
      name: 'everything',
      register(container) {
        provide(container, TRANSPORT, () => transport);
        provide(container, PACER, () => pacer);
        provide(container, CLOCK, () => () => Date.UTC(2027, 0, 12));
      },
    };
    const runner = await createRunner({ plugins: [plugin] });
    const report = await runner.run({ mailboxes: addresses(3), factory: lesson });
    expect(report).toMatchObject({ transport: 'plugged', startedAt: new Date('2027-01-12T00:00:00Z') });
    expect(acquired).toBe(3);
  });

  it('that fail make createRunner fail', async () => {
    const plugin: AppointedPlugin = { name: 'bad', register: () => Promise.reject(new Error('no key')) };
    await expect(createRunner({ transport: fakeTransport(), plugins: [plugin] })).rejects.toThrow('no key');
  });
});

describe('the container of the host', () => {
  it('may provide the ledger, which remembers runs that have ended', async () => {
    const ledger = memoryLedger();
    const plugin: AppointedPlugin = {
      name: 'memory',
      register: (container) => provide(container, LEDGER, () => ledger),
    };
    const runner = await createRunner({ transport: fakeTransport(), plugins: [plugin] });
    await runner.run({ id: 'spring', mailboxes: addresses(3), factory: lesson });
    expect((await runner.run({ id: 'spring', factory: lesson })).counts).toMatchObject({ already: 3, done: 0 });
    expect(await rowsOf(ledger, 'spring')).toHaveLength(3);
  });

  it('is where services come from, and nothing is registered in it', async () => {
    const host = globalContainer.createChildContainer();
    provide(host, CLUB, () => ({ name: 'Host club' }));
    const plugin: AppointedPlugin = {
      name: 'factory',
      register: (container) => provide(container, CLUB_FACTORY, (from) => new ClubFactory(resolve(from, CLUB))),
    };
    const transport = fakeTransport();
    const runner = await createRunner({ transport, container: host, plugins: [plugin] });
    await runner.run({ mailboxes: addresses(1), factory: CLUB_FACTORY });
    expect(transport.saves[0]?.items[0]?.content).toMatchObject({ location: 'Host club' });
    for (const token of [TRANSPORT, LEDGER, PACER, CLOCK, CLUB_FACTORY])
      expect(host.isRegistered(token, true)).toBe(false);
  });

  it('may choose the clock', async () => {
    const host = globalContainer.createChildContainer();
    provide(host, CLOCK, () => () => Date.UTC(2027, 0, 12));
    const runner = await createRunner({ transport: fakeTransport(), container: host });
    const { startedAt } = await runner.run({ mailboxes: [], factory: lesson });
    expect(startedAt).toEqual(new Date('2027-01-12T00:00:00Z'));
  });
});

describe('provide', () => {
  it('makes a thing once for each container', () => {
    const container = globalContainer.createChildContainer();
    provide(container, CLUB, () => ({ name: 'once' }));
    expect(resolve(container, CLUB)).toBe(resolve(container, CLUB));
    expect(createToken('test.club')).toBe(CLUB);
  });
});
