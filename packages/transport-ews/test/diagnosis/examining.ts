import { type Diagnosis, type DiagnosisRequest, parseMailbox } from '@appointed/core';
import type { EwsOptions } from '@appointed/transport-ews';
import { transportTo } from '../placing.js';

/** What is examined, in words. */
interface Examined extends Partial<EwsOptions> {
  readonly mailboxes?: readonly string[];
  readonly denied?: string;
  readonly limits?: Partial<DiagnosisRequest>;
}

/** Everything that is found. */
export async function examine(url: string, examined: Examined = {}): Promise<readonly Diagnosis[]> {
  const { mailboxes = ['alfred@contoso.com'], denied, limits, ...options } = examined;
  const transport = transportTo(url, options);
  const findings: Diagnosis[] = [];
  const request = {
    mailboxes: mailboxes.map((one) => parseMailbox(one)),
    ...(denied === undefined ? {} : { denied: parseMailbox(denied) }),
    signal: new AbortController().signal,
    timeoutMs: 5000,
    ...limits,
  };
  for await (const finding of transport.diagnose(request)) findings.push(finding);
  await transport.close();
  return findings;
}

/** `level code subject` of each. */
export function inShort(findings: readonly Diagnosis[]): readonly string[] {
  return findings.map(({ level, code, subject }) => `${level} ${code} ${subject}`);
}

/** The codes alone. */
export function codes(findings: readonly Diagnosis[]): readonly string[] {
  return findings.map(({ code }) => code);
}

/** The one finding with a code. */
export function finding(findings: readonly Diagnosis[], code: string): Diagnosis {
  const [only, ...others] = findings.filter((one) => one.code === code);
  if (only === undefined || others.length > 0) throw new Error(`not one ${code}: ${inShort(findings).join('; ')}`);
  return only;
}
