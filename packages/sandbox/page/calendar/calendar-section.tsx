import { useEffect } from 'preact/hooks';
import { MailboxList, isListOpen } from '../mailboxes/mailbox-list.js';
import { findMailbox, mailboxes } from '../state/live.js';
import { go, route } from '../state/route.js';
import { Calendar } from './calendar.js';
import { Toolbar } from './toolbar.js';

/** The mailboxes, and the calendar of one. */
export function CalendarSection() {
  const { mailbox } = route.value;
  useChosenMailbox(mailbox);
  const found = findMailbox(mailbox);
  return (
    <div class="calendar-section">
      <MailboxList />
      <main class="calendar-main">
        <h1 class="mailbox-name">
          {found === undefined ? 'No mailbox' : found.name}
          <span class="small">{mailbox}</span>
          <button
            type="button"
            class="button only-narrow"
            aria-expanded={isListOpen.value}
            onClick={() => (isListOpen.value = !isListOpen.value)}
          >
            Mailboxes
          </button>
        </h1>
        {found === undefined ? (
          <Nobody mailbox={mailbox} />
        ) : (
          <>
            <Toolbar timeZone={found.timeZone} />
            <Calendar mailbox={mailbox} />
          </>
        )}
      </main>
    </div>
  );
}

function Nobody({ mailbox }: { mailbox: string }) {
  if (mailbox !== '' && mailboxes.value.length > 0) return <p>The sandbox has no mailbox {mailbox}.</p>;
  return (
    <p>
      The sandbox has no mailboxes yet. Start it with <code>--seed FILE</code>, or make one with{' '}
      <code>POST /control/mailboxes</code>.
    </p>
  );
}

/** Where the address names no mailbox: the first with something in it. */
function useChosenMailbox(mailbox: string): void {
  const all = mailboxes.value;
  useEffect(() => {
    if (mailbox !== '' || all.length === 0) return;
    const first = all.find(({ items }) => items.peek() > 0) ?? all[0];
    if (first !== undefined) go({ mailbox: first.address }, 'replace');
  }, [mailbox, all]);
}
