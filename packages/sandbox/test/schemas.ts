import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../../../..');
const schema = resolve(process.env['APPOINTED_EWS_SCHEMAS'] ?? join(root, '../shared/schemas/ews'), 'soap.xsd');

const reason: string | undefined = !existsSync(schema)
  ? 'set APPOINTED_EWS_SCHEMAS to a folder with the EWS schemas'
  : spawnSync('xmllint', ['--version']).error === undefined
    ? undefined
    : 'install xmllint';

/** Empty where envelopes can be checked against Microsoft's schemas; else what the skipped test's name says. */
export const schemasSkipped: string = reason === undefined ? '' : ` (skipped: ${reason})`;

/** What xmllint has to say against these envelopes; empty if it has nothing. Where it cannot be asked, empty too. */
export function schemaViolations(envelopes: readonly string[]): string {
  if (schemasSkipped !== '' || envelopes.length === 0) return '';
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-envelopes-'));
  try {
    const files = envelopes.map((xml, index) => {
      const file = join(folder, `${index}.xml`);
      writeFileSync(file, xml);
      return file;
    });
    for (let at = 0; at < files.length; at += 500) {
      execFileSync('xmllint', ['--nonet', '--noout', '--schema', schema, ...files.slice(at, at + 500)], {
        stdio: 'pipe',
      });
    }
    return '';
  } catch (error) {
    const { stderr } = error as { stderr: Buffer };
    const complaints = stderr
      .toString()
      .split('\n')
      .filter((line) => !line.endsWith(' validates'));
    const [, index] = /\/(\d+)\.xml/.exec(complaints[0] ?? '') ?? [];
    return `${complaints.slice(0, 6).join('\n')}\n${envelopes[Number(index ?? 0)]}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Whether each envelope keeps the schemas. */
export function judgeBySchema(envelopes: readonly string[]): boolean[] {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-envelopes-'));
  try {
    const files = envelopes.map((xml, index) => {
      const file = join(folder, `${index}.xml`);
      writeFileSync(file, xml);
      return file;
    });
    const verdicts: boolean[] = [];
    // Reading the schemas takes longer than judging a thousand files by them.
    for (let at = 0; at < files.length; at += 4000) {
      const some = files.slice(at, at + 4000);
      const options = { maxBuffer: 64 * 1024 * 1024 };
      const { stderr } = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, ...some], options);
      const kept = new Set([...stderr.toString().matchAll(/^(.*) validates$/gm)].map(([, file]) => file));
      verdicts.push(...some.map((file) => kept.has(file)));
    }
    return verdicts;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
