import * as nodeTest from 'node:test';
import type { AppointmentTransport } from '@appointed/core';
import { describe, expect, it } from 'vitest';
import { type FakeTransport, type SuiteRunner, transportSuite } from '@appointed/testkit';
import type { Methods } from './broken-rule.js';
import { broken, plain } from './broken-transports.js';
import { collectFailures } from './collect-failures.js';
import { fakeHarness } from './fake-harness.js';

describe('transportSuite', () => {
  it.concurrent('passes for a transport that keeps the contract', async () => {
    expect(await collectFailures(fakeHarness())).toEqual([]);
  });

  it.concurrent.each(broken)('fails for a transport that %s', async (_rule, noticedBy, breakIt) => {
    const failures = await collectFailures(fakeHarness((fake) => wrap(fake, breakIt(fake)), 1500));
    expect(failures.join('\n')).toMatch(new RegExp(noticedBy.source, 'm'));
  });

  it('leaves out the tests of what a transport declares that it cannot', async () => {
    const names: string[] = [];
    const runner: SuiteRunner = { describe: (_name, body) => body(), it: (name) => names.push(name) };
    transportSuite(runner, { name: 'plain', capabilities: plain, open: () => Promise.reject(new Error('not opened')) });
    expect(
      names.filter((name) => /send mode|one outcome for each|unknown, when|under way|lost|owner/.test(name)),
    ).toEqual(['saves a meeting with the send mode none']);
  });

  it('takes the functions of node:test and of vitest', () => {
    const runners: readonly SuiteRunner[] = [nodeTest, { describe, it }];
    expect(runners).toHaveLength(2);
  });
});

function wrap(fake: FakeTransport, methods: Methods): AppointmentTransport {
  return {
    name: fake.name,
    route: (mailbox) => fake.route(mailbox),
    save: (request, call) => fake.save(request, call),
    find: (mailbox, keys, call) => fake.find(mailbox, keys, call),
    read: (mailbox, itemIds, call) => fake.read(mailbox, itemIds, call),
    update: (mailbox, update, call) => fake.update(mailbox, update, call),
    remove: (mailbox, removal, call) => fake.remove(mailbox, removal, call),
    hasSimilar: (mailbox, similar, call) => fake.hasSimilar(mailbox, similar, call),
    check: (mailbox, call) => fake.check(mailbox, call),
    zone: (mailbox, call) => fake.zone(mailbox, call),
    close: () => fake.close(),
    ...methods,
  };
}
