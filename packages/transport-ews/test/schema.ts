import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCHEMA =
  process.env['APPOINTED_EWS_SCHEMAS'] ?? fileURLToPath(new URL('../../../../shared/schemas/ews', import.meta.url));

/** Microsoft's schemas are no part of this repository: where they and xmllint are not at hand, the check is skipped. */
export const schemaIsAtHand: boolean =
  existsSync(`${SCHEMA}/soap.xsd`) && spawnSync('xmllint', ['--version']).status === 0;

if (!schemaIsAtHand) {
  console.warn('Requests are not checked against the EWS schemas: set APPOINTED_EWS_SCHEMAS and install xmllint.');
}

/** @throws Error with xmllint's words when the envelope is not valid */
export function validate(envelope: string): void {
  const args = ['--nonet', '--noout', '--schema', `${SCHEMA}/soap.xsd`, '-'];
  execFileSync('xmllint', args, { input: envelope, stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Checks many at once, which takes little longer than one. @throws Error with xmllint's words */
export function validateAll(envelopes: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'appointed-requests-'));
  try {
    const files = envelopes.map((envelope, n) => {
      const file = join(folder, `${n}.xml`);
      writeFileSync(file, envelope);
      return file;
    });
    const args = ['--nonet', '--noout', '--schema', `${SCHEMA}/soap.xsd`, ...files];
    execFileSync('xmllint', args, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 100_000_000 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
