import { type Diagnosis, type DiagnosisRequest, parseMailbox } from '@appointed/core';
import { graph, type GraphOptions } from '@appointed/transport-graph';

/** What is examined, in words. */
interface Examined {
  readonly mailboxes?: readonly string[];
  readonly denied?: string;
  readonly limits?: Partial<DiagnosisRequest>;
}

/** Everything that is found. */
export async function examine(options: GraphOptions, examined: Examined = {}): Promise<readonly Diagnosis[]> {
  const { mailboxes = ['alfred@contoso.com'], denied, limits } = examined;
  const transport = graph(options);
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
