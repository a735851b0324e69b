import type { ItemView } from '../../src/page/page-state.js';
import { Link } from '../frame/link.js';
import { Sheet } from '../frame/sheet.js';
import { go } from '../state/route.js';
import { useAnswer } from '../state/use-answer.js';
import { useChangesOf } from '../state/use-changes-of.js';
import { AsReceived } from './as-received.js';
import { ItemFields } from './item-fields.js';

/** All about one item; changes with it. */
export function ItemSheet({ mailbox, id }: { mailbox: string; id: string }) {
  const changes = useChangesOf(mailbox);
  const { answer: view, problem } = useAnswer<ItemView>('/page/item', { mailbox, id }, changes);
  const title = view === undefined ? 'Item' : view.entry.subject || '(no subject)';
  return (
    <Sheet title={title} place="side" onClose={() => go({ item: '' })}>
      {problem !== '' && <p role="alert">{problem}</p>}
      {view !== undefined && (
        <>
          <ItemFields view={view} />
          <h3>As received</h3>
          {view.request === undefined ? (
            <p>No request made it as it is: somebody changed it through the control API.</p>
          ) : (
            <By request={view.request} />
          )}
        </>
      )}
    </Sheet>
  );
}

function By({ request }: { request: number }) {
  return (
    <>
      <p>
        By{' '}
        <Link to={{ show: 'requests', item: '', request: String(request) }}>
          request {request.toLocaleString('en')}
        </Link>
        , the last that changed it.
      </p>
      <AsReceived request={request} />
    </>
  );
}
