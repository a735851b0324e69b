import { useState } from 'preact/hooks';
import { tell } from '../state/ask.js';
import { messageOf } from '../state/use-answer.js';
import { announce } from './announcement.js';
import { isResetOpen } from './open-sheets.js';
import { Sheet } from './sheet.js';

const close = () => (isResetOpen.value = false);

/** Asks before everything is thrown away. */
export function ResetSheet() {
  const [problem, setProblem] = useState('');
  if (!isResetOpen.value) return null;
  const reset = async () => {
    try {
      await tell('POST', '/control/reset');
      announce('The sandbox is empty.');
      close();
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <Sheet title="Empty the sandbox?" place="middle" onClose={close}>
      <p>Items, mails, the request log and the clock's setting go. Mailboxes, accounts and faults stay.</p>
      <p role="alert">{problem}</p>
      <div class="buttons">
        <button type="button" class="button is-danger" onClick={() => void reset()}>
          Empty it
        </button>
        <button type="button" class="button" onClick={close}>
          Keep everything
        </button>
      </div>
    </Sheet>
  );
}
