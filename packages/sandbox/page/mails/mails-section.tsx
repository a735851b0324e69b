import type { Mails } from '../../src/page/page-state.js';
import { Link } from '../frame/link.js';
import { totals } from '../state/live.js';
import { longTime, zoneOf } from '../state/times.js';
import { useAnswer } from '../state/use-answer.js';

/** What a real server would have sent, newest first. */
export function MailsSection() {
  const { mails: count } = totals.value;
  const { answer: mails = { total: 0, mails: [] } } = useAnswer<Mails>('/page/mails', {}, count);
  return (
    <main class="section">
      <div class="section-head">
        <h1>Mails</h1>
        <p class="small">What a real server would have sent. Nobody outside of the sandbox gets it.</p>
      </div>
      {count === 0 && <p>No mail has been sent.</p>}
      {mails.total > mails.mails.length && (
        <p class="notice">
          The last {mails.mails.length} of {mails.total.toLocaleString('en')};{' '}
          <a href="/control/mails">/control/mails</a> lists them all.
        </p>
      )}
      <ul class="mails">
        {mails.mails.toReversed().map((mail, at) => (
          <li key={mails.total - at} class="mail">
            <span class={`mail-kind is-${mail.kind}`}>{mail.kind}</span>
            <span class="mail-subject">{mail.subject === '' ? '(no subject)' : mail.subject}</span>
            <span class="mail-people">
              <Link to={{ show: 'calendar', mailbox: mail.from }}>{mail.from}</Link> to {people(mail.to)}
            </span>
            <span class="small">
              {longTime(mail.at, zoneOf(mail.from))}
              {mail.savesCopy && ', copy in Sent Items'}
            </span>
          </li>
        ))}
      </ul>
    </main>
  );
}

function people(to: readonly string[]): string {
  const more = to.length - 5;
  return more > 0 ? `${to.slice(0, 5).join(', ')} and ${more} more` : to.join(', ');
}
