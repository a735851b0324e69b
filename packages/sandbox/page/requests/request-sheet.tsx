import type { RequestView } from '../../src/page/page-state.js';
import { Link } from '../frame/link.js';
import { Sheet } from '../frame/sheet.js';
import { AsReceived } from '../item/as-received.js';
import { go } from '../state/route.js';
import { useAnswer } from '../state/use-answer.js';
import { duration, outcome } from './outcome.js';

/** What a request was, what struck it, and what it brought. */
export function RequestSheet({ number }: { number: string }) {
  const { answer: view, problem } = useAnswer<RequestView>('/page/request', { number });
  return (
    <Sheet title={`Request ${Number(number).toLocaleString('en')}`} place="side" onClose={() => go({ request: '' })}>
      {problem !== '' && <p role="alert">{problem}</p>}
      {view !== undefined && (
        <>
          <Facts view={view} />
          <h3>As received</h3>
          <AsReceived request={view.request.number} />
        </>
      )}
    </Sheet>
  );
}

function Facts({ view: { request } }: { view: RequestView }) {
  const { at, operation, mailbox, account, faults, durationMs } = request;
  return (
    <dl class="fields">
      <Fact name="At">{at}</Fact>
      <Fact name="Operation">{operation ?? 'not read: it was refused before'}</Fact>
      <div>
        <dt>As whom</dt>
        <dd>
          {mailbox === undefined ? (
            'nobody’s mailbox'
          ) : (
            <Link to={{ show: 'calendar', mailbox, request: '' }}>{mailbox}</Link>
          )}
        </dd>
      </div>
      <Fact name="Account">{account ?? 'nobody signed in'}</Fact>
      <Fact name="Answer">{outcome(request)}</Fact>
      <Fact name="Faults that struck">{faults.join(', ') || 'none'}</Fact>
      <Fact name="Duration">{duration(durationMs)}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
