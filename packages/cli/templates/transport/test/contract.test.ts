import { transportSuite } from '@appointed/testkit';
import { describe, it } from 'vitest';
import { harness } from './harness.js';

// The rules that no type can say.
transportSuite({ describe, it }, harness);
