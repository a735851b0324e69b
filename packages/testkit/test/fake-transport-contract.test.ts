import { describe, it } from 'vitest';
import { transportSuite } from '@appointed/testkit';
import { fakeHarness } from './fake-harness.js';

transportSuite({ describe, it }, fakeHarness());
