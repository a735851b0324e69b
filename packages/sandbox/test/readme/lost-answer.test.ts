// #region test
import { sandboxTest } from '@appointed/sandbox/vitest';
import { expect } from 'vitest';
import { saveLesson } from './save-lesson.js';

sandboxTest('an item can be stored although its answer is lost', async ({ sandbox }) => {
  sandbox.control.setFaults([{ fault: 'reset', stored: 'before', operation: 'CreateItem', times: 1 }]);

  await expect(saveLesson(sandbox.ewsUrl, 'alfred@contoso.com')).rejects.toBeDefined();

  expect(sandbox.items('alfred@contoso.com')).toMatchObject([{ subject: 'Tennis lesson' }]);
});
// #endregion test
