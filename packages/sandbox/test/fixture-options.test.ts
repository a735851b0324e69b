import { expect } from 'vitest';
import { sandboxTest as base } from '../src/vitest.js';

const sandboxTest = base.extend({
  sandboxOptions: { mailboxes: [{ address: 'one@example.com' }], randomSeed: 5 },
});

sandboxTest('a test file brings its own organisation', ({ sandbox }) => {
  expect(sandbox.control.mailboxes()).toEqual(['one@example.com']);
  expect(sandbox.randomSeed).toBe(5);
});
