import { readFileSync } from 'node:fs';
import * as telemetry from '@appointed/telemetry';
import { expect, it } from 'vitest';

// A red test here means: what others rely on has changed. Make it deliberate.
it('has these exports, paths and peers', () => {
  expect(Object.keys(telemetry).toSorted()).toEqual(['continueTrace', 'observe']);
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(Object.keys(manifest.exports)).toEqual(['.', './package.json']);
  expect(Object.keys(manifest.peerDependencies)).toEqual(['@appointed/core', '@opentelemetry/api']);
});
