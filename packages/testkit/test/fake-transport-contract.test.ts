import { describe, it } from 'vitest';
import { transportSuite } from '@appointed/testkit';
import { fakeHarness } from './fake-harness.js';

transportSuite({ describe, it }, fakeHarness());

// One that can do less.
const sendModes = ['none'] as const;
const unchangeableFields = ['attachments', 'recurrence'] as const;
const less = { sendModes, maxItemsPerSave: 1, maxAttachmentBytes: 1000, onlineMeetings: false, unchangeableFields };
transportSuite({ describe, it }, fakeHarness(undefined, undefined, less));
