import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DOCTOR_CODES } from '@appointed/cli';
import type { FaultRule } from '@appointed/sandbox';
import { EWS_DIAGNOSIS_CODES } from '@appointed/transport-ews';
import { GRAPH_DIAGNOSIS_CODES } from '@appointed/transport-graph';
import { HYBRID_DIAGNOSIS_CODES } from '@appointed/transport-hybrid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { finding, findings, inShort } from './doctor-findings.js';
import { type Ended, openWorkplace, PASSWORD, people, records, USER, type Workplace } from './workplace.js';

const EVERYBODY = [...people(30), 'president@contoso.com', 'canary@contoso.com'];

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace(EVERYBODY);
});
afterAll(() => place[Symbol.asyncDispose]());
afterEach(() => {
  place.sandbox.control.reset();
  place.sandbox.control.setFaults([]);
});

function doctor(...args: readonly string[]): Promise<Ended> {
  return place.appointed(['doctor', '--settle', '0.3', '--timeout', '2', '--json', ...args]);
}

/** What there is in a calendar. */
function calendarOf(address: string): readonly string[] {
  return place.sandbox
    .items(address)
    .filter(({ folder }) => folder === 'calendar')
    .flatMap(({ subject }) => subject ?? []);
}

/** Who of a list was found to be ready. */
async function ready(...args: readonly string[]): Promise<readonly string[]> {
  return inShort(await doctor('-m', 'people.csv', ...args)).filter((line) => line.includes('mailbox_ready'));
}

/** A round trip in which something goes wrong. */
function canary(...faults: readonly FaultRule[]): Promise<Ended> {
  place.sandbox.control.setFaults(faults.map((fault) => ({ mailbox: 'canary@contoso.com', ...fault })));
  return doctor('--canary', 'canary@contoso.com');
}

describe('the doctor', () => {
  it('finds nothing to mend where all is well, and leaves nothing behind', async () => {
    const ended = await doctor(
      '-m',
      'people.csv',
      '--denied',
      'president@contoso.com',
      '--canary',
      'canary@contoso.com',
    );
    const host = new URL(place.sandbox.ewsUrl).host;
    expect(inShort(ended).filter((line) => !line.includes('mailbox_ready'))).toEqual([
      `ok ledger_ready ${join(place.directory, '.appointed/ledger.sqlite')}`,
      `ok connection_local ${host}`,
      `ok clock_right ${host}`,
      `ok sign_in_offered ${host}`,
      `ok signed_in ${USER}`,
      `ok build_supported ${host}`,
      `skipped rooms_unknown ${host}`,
      'ok scope_holds president@contoso.com',
      'ok canary_done canary@contoso.com',
    ]);
    expect(records(ended).at(-1)).toEqual({
      type: 'health',
      counts: { ok: 18, warning: 0, problem: 0, skipped: 1 },
      exitCode: 0,
    });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(calendarOf('canary@contoso.com')).toEqual([]);
    const writes = place.sandbox.control
      .requests()
      .filter(({ operation }) => /^(Create|Update|Delete)/.test(operation ?? ''));
    expect(writes.map(({ operation, mailbox }) => `${operation} ${mailbox}`)).toEqual([
      'CreateItem canary@contoso.com',
      'UpdateItem canary@contoso.com',
      'DeleteItem canary@contoso.com',
    ]);
    expect(readdirSync(join(place.directory, '.appointed'))).not.toContain('ledger.sqlite');
  });

  it('asks about the same few mailboxes of a list each time, and about all where they are asked for', async () => {
    const three = await ready('--sample', '3');
    expect(three).toHaveLength(3);
    expect(await ready('--sample', '3')).toEqual(three);
    expect(await ready('--sample', '100')).toHaveLength(31);
  });

  it('says on a terminal what was found, what to do, and the lines to paste', async () => {
    const ended = await place.appointed(['doctor', '-m', 'people.csv', '--sample', '100']);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain(
      'problem  president@contoso.com may not be acted for by svc-appointed: ErrorImpersonateUserDenied: ' +
        'The account does not have permission to impersonate the requested user. [rights_missing]\n' +
        '         Add the mailbox to the scope of the assignment, or take it out of the list.\n' +
        "           Get-ManagementRoleAssignment -Role ApplicationImpersonation -RoleAssignee 'svc-appointed' | Format-List",
    );
    expect(ended.stdout).toMatch(/\n1 problems, 0 warnings, \d+ as it should be, 3 not examined\.\n$/);
  });

  it('names rows that are no mailbox', async () => {
    const rows = Array.from({ length: 12 }, (_, n) => `nobody-${n}`).join('\n');
    await place.write('bad.csv', `Mail\nperson-1@contoso.com\n${rows}\n`);
    const ended = await doctor('-m', 'bad.csv');
    expect(inShort(ended).slice(1, 12)).toEqual([
      ...Array.from({ length: 10 }, (_, n) => `problem row_unusable row ${n + 2}`),
      'problem row_unusable the list',
    ]);
    expect(finding(ended, 'row_unusable')['message']).toBe(
      '"nobody-0" is not an SMTP address such as alfred@contoso.com.',
    );
    expect(ended.code).toBe(1);
  });

  it('tries a wrong password once, writes no canary, and prints no secret', async () => {
    const env = { ...place.env, EWS_PASSWORD: `${PASSWORD}!` };
    const args = ['doctor', '--json', '-m', 'people.csv', '--canary', 'canary@contoso.com'];
    const ended = await place.appointed(args, '', env);
    expect(inShort(ended).slice(-2)).toEqual([
      `problem sign_in_refused ${USER}`,
      'skipped canary_skipped canary@contoso.com',
    ]);
    expect(place.sandbox.control.requests()).toHaveLength(2);
    expect(ended.stdout + ended.stderr).not.toContain(PASSWORD);
    expect(ended.code).toBe(1);
  });

  it('ends at once when it is interrupted, and writes no canary', async () => {
    place.sandbox.control.setFaults([{ fault: 'silence', operation: 'GetFolder' }]);
    const ending = doctor('-m', 'people.csv', '--canary', 'canary@contoso.com', '--timeout', '15');
    while (place.sandbox.control.requests().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    process.emit('SIGINT');
    const ended = await ending;
    expect(ended.code).toBe(130);
    expect(findings(ended).filter(({ level }) => level !== 'ok')).toEqual([]);
    expect(place.items('canary@contoso.com')).toEqual([0]);
  });

  it('says that the server is gone', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const env = { ...place.env, EWS_URL: `http://127.0.0.1:${port}/EWS/Exchange.asmx` };
    const ended = await place.appointed(['doctor', '--json', '-m', 'people.csv'], '', env);
    expect(inShort(ended).slice(1)).toEqual([
      `problem server_unreachable 127.0.0.1:${port}`,
      `skipped sign_in_untested ${USER}`,
      'skipped canary_skipped canary',
    ]);
  });

  it('examines no server of a transport that cannot, and makes the round trip all the same', async () => {
    const silent = `import { ews, basic } from '@appointed/transport-ews';
      import { secret, setting } from '@appointed/cli';
      import { provide, TRANSPORT } from '@appointed/core';
      const make = () => {
        const transport = ews({ url: setting('EWS_URL'), credentials: basic({ user: setting('EWS_USER'), password: secret('EWS_PASSWORD') }) });
        transport.diagnose = undefined;
        return transport;
      };
      export default { plugins: [{ name: 'own', register: (container) => provide(container, TRANSPORT, make) }] };`;
    await place.write('silent.config.mjs', silent);
    const ended = await doctor('--config', 'silent.config.mjs', '--canary', 'canary@contoso.com');
    expect(inShort(ended).slice(1)).toEqual(['skipped transport_silent ews', 'ok canary_done canary@contoso.com']);
  });

  it.each([
    [['--canary', 'nobody'], '[usage] --canary nobody is no mailbox'],
    [['--canary', 'a@b.c', '--denied', 'A@b.c'], '[usage] --canary names the mailbox that must be denied'],
    [['-m', 'nowhere.csv'], '[file_failed]'],
    [['--sample', '0'], '[usage]'],
  ])('ends with 2 where the command line makes no sense: %s', async (args, words) => {
    const ended = await place.appointed(['doctor', ...args]);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(words);
  });

  it('has a page on which each code is explained, and no other', () => {
    const page = readFileSync(new URL('../../../docs/doctor.md', import.meta.url), 'utf8');
    const explained = [...page.matchAll(/^### (\S+)$/gm)].map(([, code]) => code);
    const codes = [...EWS_DIAGNOSIS_CODES, ...GRAPH_DIAGNOSIS_CODES, ...HYBRID_DIAGNOSIS_CODES, ...DOCTOR_CODES];
    expect(explained).toEqual([...new Set(codes)]);
  });
});

describe('the canary', () => {
  const IN_DOUBT = 'problem canary_failed canary@contoso.com';
  const LEFT = 'problem canary_left canary@contoso.com';

  it('is found and removed where the answer to saving it was lost', async () => {
    const ended = await canary({ fault: 'reset', stored: 'before', operation: 'CreateItem' });
    expect(inShort(ended).at(-1)).toBe(IN_DOUBT);
    expect(finding(ended, 'canary_failed')['message']).toContain('not saved: [connection_lost]');
    expect(calendarOf('canary@contoso.com')).toEqual([]);
    expect(place.items('canary@contoso.com')).toEqual([1]);
  });

  it('is waited for, and removed when it comes late', async () => {
    place.sandbox.control.setFaults([
      { fault: 'status', status: 503, stored: 'late', lateMs: 300, operation: 'CreateItem' },
    ]);
    const ended = await place.appointed(['doctor', '--json', '--settle', '5', '--canary', 'canary@contoso.com']);
    expect(inShort(ended).at(-1)).toBe(IN_DOUBT);
    expect(calendarOf('canary@contoso.com')).toEqual([]);
    expect(place.items('canary@contoso.com')).toEqual([1]);
  });

  it('is said to be in doubt where it never came', async () => {
    const ended = await canary({ fault: 'reset', operation: 'CreateItem' });
    expect(inShort(ended).slice(-2)).toEqual([IN_DOUBT, LEFT]);
    expect(finding(ended, 'canary_left')['message']).toContain('the server may store it still');
  });

  it('is said to be left where it cannot be removed', async () => {
    const ended = await canary({ fault: 'error', code: 'ErrorAccessDenied', operation: 'DeleteItem' });
    expect(inShort(ended).at(-1)).toBe(LEFT);
    expect(finding(ended, 'canary_left')).toMatchObject({
      message: expect.stringContaining('ErrorAccessDenied'),
      advice: 'Delete the appointment "Appointed canary: may be deleted" there by hand, if there is one.',
    });
    expect(calendarOf('canary@contoso.com')).toEqual(['Appointed canary: may be deleted']);
  });

  it('is removed after a while, where that did not work at once', async () => {
    place.sandbox.control.setFaults([{ fault: 'busy', operation: 'DeleteItem', times: 1 }]);
    const ended = await place.appointed(['doctor', '--json', '--settle', '5', '--canary', 'canary@contoso.com']);
    expect(inShort(ended).at(-1)).toBe('ok canary_done canary@contoso.com');
    expect(calendarOf('canary@contoso.com')).toEqual([]);
  });

  it.each([
    ['saved', 'CreateItem', 'ErrorQuotaExceeded'],
    ['changed', 'UpdateItem', 'ErrorItemSave'],
    ['read', 'GetItem', 'ErrorAccessDenied'],
  ])('is removed where it could not be %s', async (step, operation, code) => {
    const ended = await canary({ fault: 'error', code, operation });
    expect(inShort(ended).at(-1)).toBe(IN_DOUBT);
    expect(finding(ended, 'canary_failed')['message']).toMatch(new RegExp(`not ${step}: .*${code}`));
    expect(calendarOf('canary@contoso.com')).toEqual([]);
  });

  it('is removed when the command is interrupted meanwhile, and called to account when it is stopped', async () => {
    for (const [signals, code, left] of [
      [1, 'canary_skipped', 0],
      [2, 'canary_left', 1],
    ] as const) {
      place.sandbox.control.setFaults([{ fault: 'latency', ms: 300, stored: 'before', operation: 'CreateItem' }]);
      const ending = doctor('--canary', 'canary@contoso.com');
      while (calendarOf('canary@contoso.com').length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      for (let sent = 0; sent < signals; sent += 1) process.emit('SIGINT');
      const ended = await ending;
      expect(inShort(ended).at(-1)).toContain(`${code} canary@contoso.com`);
      expect(ended.code).toBe(130);
      expect(calendarOf('canary@contoso.com')).toHaveLength(left);
      place.sandbox.control.reset();
    }
  });
});
