import type { RequestRecord } from '../../src/index.js';
import { Link } from '../frame/link.js';
import { logTime } from '../state/times.js';
import { duration, failed, outcome } from './outcome.js';

interface Properties {
  readonly request: RequestRecord;
  /** Tab gets here; to the others go the arrow keys. */
  readonly isStop: boolean;
}

export function RequestRow({ request, isStop }: Properties) {
  const { number, at, operation, mailbox, account, faults, durationMs } = request;
  return (
    <div class={failed(request) ? 'row is-bad' : 'row'} role="row">
      <span role="cell" class="number">
        {number.toLocaleString('en')}
      </span>
      <span role="cell" class="time">
        {logTime(at)}
      </span>
      <span role="cell" class="operation">
        <Link to={{ request: String(number) }} data-stop tabIndex={isStop ? 0 : -1}>
          {operation ?? 'not read'}
        </Link>
      </span>
      <span role="cell" class="mailbox">
        {mailbox}
      </span>
      <span role="cell" class="account">
        {account}
      </span>
      <span role="cell" class="outcome">
        {outcome(request)}
        {faults.map((fault, place) => (
          <span key={place} class="fault-mark">
            {fault}
          </span>
        ))}
      </span>
      <span role="cell" class="duration">
        {duration(durationMs)}
      </span>
    </div>
  );
}
