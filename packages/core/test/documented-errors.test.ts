import { readFileSync } from 'node:fs';
import { ERROR_CODES } from '@appointed/core';
import { expect, it } from 'vitest';

it('every error code is documented, and every documented code exists', () => {
  const text = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
  const documented = [...text.matchAll(/^### (\S+)$/gm)].map(([, code]) => code);
  expect(documented).toEqual([...ERROR_CODES]);
});
