import { readFileSync } from 'node:fs';
import * as testkit from '@appointed/testkit';
import { describe, expect, it } from 'vitest';

// A red test here means: what plugin authors rely on has changed. Make it deliberate.
describe('the public surface of the testkit', () => {
  it('has these exports', () => {
    expect(Object.keys(testkit).toSorted()).toEqual([
      'factorySuite',
      'fakeTransport',
      'ledgerSuite',
      'previewAppointment',
      'transportSuite',
    ]);
  });

  it('has these paths, and no dependency on a test runner', () => {
    const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect(Object.keys(manifest.exports)).toEqual(['.', './package.json']);
    expect(Object.keys(manifest.peerDependencies)).toEqual(['@appointed/core']);
    expect(manifest).not.toHaveProperty('dependencies');
  });
});
