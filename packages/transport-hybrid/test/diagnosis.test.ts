import { type AppointmentTransport, type Diagnosis, type DiagnosisRequest, parseMailbox } from '@appointed/core';
import { hybrid, HYBRID_DIAGNOSIS_CODES, type Side } from '@appointed/transport-hybrid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Organisation, startOrganisation } from './organisation.js';

const CELLAR = 'cellar@contoso.com';
const CLOUD = 'cloud@contoso.com';
const PRESIDENT = 'president@contoso.com';

/** Everything that is found, as `level code subject`. */
async function examine(
  transport: AppointmentTransport,
  mailboxes: readonly string[],
  more: Partial<DiagnosisRequest> = {},
): Promise<readonly string[]> {
  const { signal } = new AbortController();
  const request = { mailboxes: mailboxes.map((one) => parseMailbox(one)), signal, timeoutMs: 5000, ...more };
  const findings: Diagnosis[] = [];
  for await (const finding of transport.diagnose?.(request) ?? []) findings.push(finding);
  return findings.map(({ level, code, subject }) => `${level} ${code} ${subject}`);
}

/** A side that says so of mailboxes. */
function side(name: string, findings: Readonly<Record<string, 'ok' | 'problem'>>): AppointmentTransport {
  async function* diagnose({ mailboxes }: DiagnosisRequest): AsyncGenerator<Diagnosis> {
    yield { code: 'server_reached', level: 'ok', subject: name, message: 'is there.' };
    for (const { id } of mailboxes) {
      const level = findings[id];
      if (level !== undefined) yield { code: `${name}_${level}`, level, subject: id, message: 'was looked at.' };
    }
  }
  return { name, save: () => undefined, diagnose } as unknown as AppointmentTransport;
}

describe('a diagnosis of both sides', () => {
  let organisation: Organisation;
  beforeAll(async () => {
    organisation = await startOrganisation({ exchange: [CELLAR], online: [CLOUD] });
  });
  afterAll(() => organisation[Symbol.asyncDispose]());

  it('says where each mailbox lives, and what is found there alone', async () => {
    const denied = parseMailbox(PRESIDENT);
    const found = await examine(organisation.transport, [CELLAR, CLOUD], { denied });
    const [exchange, online] = [organisation.exchange, organisation.online].map(({ url }) => new URL(url).host);
    expect(found).toEqual([
      `ok connection_local ${exchange}`,
      `ok clock_right ${exchange}`,
      `ok sign_in_offered ${exchange}`,
      'ok signed_in svc',
      `ok build_supported ${exchange}`,
      `skipped rooms_unknown ${exchange}`,
      `ok connection_local ${online}`,
      `ok clock_right ${online}`,
      'ok signed_in app-1',
      'ok consent_scoped app-1',
      'ok directory_readable app-1',
      `ok mailbox_located ${CELLAR}`,
      `ok mailbox_ready ${CELLAR}`,
      `ok mailbox_located ${CLOUD}`,
      `ok mailbox_ready ${CLOUD}`,
      `ok scope_holds ${PRESIDENT}`,
    ]);
  });

  it('says what both say of a mailbox that can be opened on neither', async () => {
    const found = await examine(organisation.transport, ['nobody@contoso.com']);
    expect(found.filter((line) => line.endsWith('nobody@contoso.com'))).toEqual([
      'problem mailbox_unlocated nobody@contoso.com',
      'problem mailbox_missing nobody@contoso.com',
      'problem mailbox_missing nobody@contoso.com',
    ]);
  });

  it('ends when it is aborted, without a finding about that', async () => {
    expect(await examine(organisation.transport, [CELLAR], { signal: AbortSignal.abort() })).toEqual([]);
  });
});

const SIDES = ['ok server_reached exchange', 'ok server_reached online'];

/** What is found about one mailbox, of which the sides say so. */
function findings(
  exchange: Readonly<Record<string, 'ok' | 'problem'>>,
  online: Readonly<Record<string, 'ok' | 'problem'>>,
  where?: () => Side,
): Promise<readonly string[]> {
  const sides = { exchange: side('exchange', exchange), online: side('online', online) };
  return examine(hybrid({ ...sides, ...(where && { where }) }), [CLOUD]);
}

describe('a mailbox', () => {
  it('that lives elsewhere than is said is named', async () => {
    expect(await findings({ [CLOUD]: 'problem' }, { [CLOUD]: 'ok' }, () => 'exchange')).toEqual([
      ...SIDES,
      `warning mailbox_told_wrongly ${CLOUD}`,
      `ok online_ok ${CLOUD}`,
    ]);
  });

  it('that can be opened on both sides is named, with the one that runs take', async () => {
    expect(await findings({ [CLOUD]: 'ok' }, { [CLOUD]: 'ok' })).toEqual([
      ...SIDES,
      `warning mailbox_on_both_sides ${CLOUD}`,
      `ok exchange_ok ${CLOUD}`,
    ]);
    expect(await findings({ [CLOUD]: 'ok' }, { [CLOUD]: 'ok' }, () => 'online')).toContain(`ok online_ok ${CLOUD}`);
  });

  it('of which one side says nothing is as the other side says', async () => {
    expect(await findings({}, { [CLOUD]: 'problem' })).toEqual([...SIDES, `problem online_problem ${CLOUD}`]);
  });

  it('is looked for on the other side where one cannot examine', async () => {
    const silent = { name: 'own', save: () => undefined } as unknown as AppointmentTransport;
    expect(await examine(hybrid({ exchange: silent, online: side('online', { [CLOUD]: 'ok' }) }), [CLOUD])).toEqual([
      'skipped side_silent own',
      'ok server_reached online',
      `ok mailbox_located ${CLOUD}`,
      `ok online_ok ${CLOUD}`,
    ]);
  });
});

it('has a code for each of its findings', () => {
  expect(new Set(HYBRID_DIAGNOSIS_CODES).size).toBe(HYBRID_DIAGNOSIS_CODES.length);
});
