import { areKeysOn, switchKeys } from './keys.js';
import { isHelpOpen } from './open-sheets.js';
import { Sheet } from './sheet.js';

const KEYS = [
  ['/', 'Search mailboxes and items'],
  ['1 2 3 4', 'Calendars, requests, faults, mails'],
  ['← →', 'Earlier, later in the calendar'],
  ['t', 'Today'],
  ['d w m l', 'Day, week, month, list'],
  ['↑ ↓ Home End', 'Along the list of mailboxes or of requests that has the focus'],
  ['Enter', 'Opens what has the focus'],
  ['Esc', 'Closes what is open'],
  ['?', 'This help'],
] as const;

export function HelpSheet() {
  if (!isHelpOpen.value) return null;
  return (
    <Sheet title="Keys" place="middle" onClose={() => (isHelpOpen.value = false)}>
      <table class="keys">
        <thead class="unseen">
          <tr>
            <th scope="col">Key</th>
            <th scope="col">What it does</th>
          </tr>
        </thead>
        <tbody>
          {KEYS.map(([keys, does]) => (
            <tr key={keys}>
              <td>
                {keys.split(' ').map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </td>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <label class="choice">
        <input
          type="checkbox"
          checked={areKeysOn.value}
          onChange={(event) => switchKeys(event.currentTarget.checked)}
        />
        Keys without Ctrl or Alt do this
      </label>
      <p class="small">
        What is done here can be done with curl, too: <a href="/control">/control</a> lists how. Made with{' '}
        <a href="/page/licences.txt">these libraries</a>.
      </p>
    </Sheet>
  );
}
