import { parseAppointment } from '@appointed/core';
import type { Sandbox } from '@appointed/sandbox';
import type { GraphTransport } from '@appointed/transport-graph';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { address, graphTo, startContoso } from './contoso.js';
import { call, done, LESSON, MAILBOX, save, saved } from './placing.js';

let exchange: Sandbox;
let transport: GraphTransport;
let drafting: GraphTransport;

beforeAll(async () => {
  exchange = await startContoso(3);
  transport = graphTo(exchange);
  drafting = graphTo(exchange, { unsentMeetings: 'draft' });
});

afterEach(() => exchange.control.reset());

afterAll(async () => {
  await transport.close();
  await drafting.close();
  await exchange.close();
});

const MEETING = { lesson: { requiredAttendees: [address(1)] } };
const SENT = { ...MEETING, sendMode: 'allAndSaveCopy' } as const;
const { subject } = parseAppointment({ ...LESSON, subject: 'Match' });

async function mails(): Promise<readonly string[]> {
  await exchange.control.quiet();
  return [1, 2].flatMap((n) => exchange.control.meetingMails(address(n)).map(({ kind }) => `${n}: ${kind}`));
}

describe('a meeting', () => {
  it('is sent to those who are invited', async () => {
    await saved(transport, SENT);
    expect(await mails()).toEqual(['1: request']);
  });

  it('is not saved where nobody is to hear of it, and nothing is sent', async () => {
    expect(await save(transport, MEETING)).toMatchObject({
      kind: 'rejected',
      scope: 'placement',
      error: { code: 'unsupported', field: 'sendMode' },
    });
    expect(exchange.items(address(0))).toEqual([]);
  });

  it('is cancelled when it is taken back', async () => {
    const { itemId } = await saved(transport, SENT);
    expect(await transport.remove(MAILBOX, { itemId, sendMode: 'allAndSaveCopy' }, call())).toMatchObject({
      value: 'removed',
    });
    expect(await mails()).toEqual(['1: request', '1: cancellation']);
  });

  it('is neither changed nor taken back where nobody is to hear of it', async () => {
    const { itemId } = await saved(transport, SENT);
    const update = { itemId, set: { subject }, clear: [], sendMode: 'none' } as const;
    const refused = { kind: 'rejected', error: { code: 'unsupported', field: 'sendMode' } };
    expect(await transport.update(MAILBOX, update, call())).toMatchObject(refused);
    expect(await transport.update(MAILBOX, { ...update, sendMode: 'changed' }, call())).toMatchObject(refused);
    expect(await transport.remove(MAILBOX, { itemId, sendMode: 'none' }, call())).toMatchObject(refused);
    expect(exchange.items(address(0))).toMatchObject([{ subject: 'Tennis lesson', folder: 'calendar' }]);
    expect(await mails()).toEqual(['1: request']);
  });

  it('is changed in silence in what only its owner sees', async () => {
    const { itemId } = await saved(transport, SENT);
    const update = { itemId, set: { showAs: 'oof', categories: ['Sport'] }, clear: [], sendMode: 'none' } as const;
    done(await transport.update(MAILBOX, update, call()));
    expect(exchange.items(address(0))).toMatchObject([{ showAs: 'OOF', categories: ['Sport'] }]);
    expect(await mails()).toEqual(['1: request']);
  });

  it('tells those alone who came, where nothing else has changed', async () => {
    const { itemId } = await saved(transport, SENT);
    const requiredAttendees = [1, 2].map((n) => ({ address: address(n) }));
    const update = { itemId, set: { requiredAttendees }, clear: [], sendMode: 'changed' } as const;
    done(await transport.update(MAILBOX, update, call()));
    expect(await mails()).toEqual(['1: request', '2: request']);
  });

  it('keeps those who are invited otherwise', async () => {
    const lesson = { requiredAttendees: [address(1)], resources: [address(2)] };
    const { itemId } = await saved(transport, { lesson, sendMode: 'allAndSaveCopy' });
    const update = { itemId, set: {}, clear: ['requiredAttendees'], sendMode: 'all' } as const;
    done(await transport.update(MAILBOX, update, call()));
    expect(exchange.items(address(0))).toMatchObject([{ requiredAttendees: [], resources: [{ address: address(2) }] }]);
  });
});

describe('an appointment', () => {
  it('becomes no meeting where nobody is to hear of it', async () => {
    const { itemId } = await saved(transport);
    const set = { requiredAttendees: [{ address: address(1) }] };
    const outcome = await transport.update(MAILBOX, { itemId, set, clear: [], sendMode: 'none' }, call());
    expect(outcome).toMatchObject({ kind: 'rejected', error: { field: 'sendMode' } });
    expect(await mails()).toEqual([]);
  });
});

describe('a draft, where they are asked for,', () => {
  it('is saved, changed and taken back, and nobody hears of it', async () => {
    expect(drafting.route(MAILBOX).capabilities.sendModes).toEqual(['none', 'allAndSaveCopy']);
    const { itemId } = await saved(drafting, MEETING);
    expect(exchange.items(address(0))).toMatchObject([{ requiredAttendees: [{ address: address(1) }] }]);
    done(await drafting.update(MAILBOX, { itemId, set: { subject }, clear: [], sendMode: 'none' }, call()));
    expect(done(await drafting.remove(MAILBOX, { itemId, sendMode: 'none' }, call()))).toBe('removed');
    expect(await mails()).toEqual([]);
  });

  it('is sent by a change that tells people', async () => {
    const { itemId } = await saved(drafting, MEETING);
    done(await drafting.update(MAILBOX, { itemId, set: { subject }, clear: [], sendMode: 'allAndSaveCopy' }, call()));
    expect(await mails()).toEqual(['1: request']);
    expect(exchange.control.meetingMails(address(1))).toMatchObject([{ subject: 'Match' }]);
  });
});
