import { signal } from '@preact/signals';
import type { RequestView } from '../../src/page/page-state.js';
import { announce } from '../frame/announcement.js';
import { useAnswer } from '../state/use-answer.js';
import { indented } from './indented.js';

/** More than that is cut on the screen; copied is all of it. */
const MOST = 200_000;

const isIndented = signal(true);

/** The body of a request, as it came or indented. */
export function AsReceived({ request }: { request: number }) {
  const { answer, problem } = useAnswer<RequestView>('/page/request', { number: String(request) });
  if (problem !== '') return <p>It is not kept any more: the log has the last 10,000 requests.</p>;
  if (answer === undefined) return null;
  if (answer.received === undefined) {
    return (
      <p>It is not kept: the request was refused unread, or there is no room for it any more. Passwords never are.</p>
    );
  }
  return <Body received={answer.received} />;
}

function Body({ received }: { received: string }) {
  const text = isIndented.value ? indented(received) : received;
  const copy = async () => {
    await navigator.clipboard.writeText(received);
    announce('Copied.');
  };
  return (
    <>
      <div class="buttons">
        <label class="choice">
          <input
            type="checkbox"
            checked={isIndented.value}
            onChange={(event) => (isIndented.value = event.currentTarget.checked)}
          />
          Indented
        </label>
        <button type="button" class="button" onClick={() => void copy()}>
          Copy as received
        </button>
      </div>
      <pre class="xml" tabIndex={0} role="region" aria-label="As received">
        {text.slice(0, MOST)}
        {text.length > MOST && `\n… ${(text.length - MOST).toLocaleString('en')} more characters`}
      </pre>
    </>
  );
}
