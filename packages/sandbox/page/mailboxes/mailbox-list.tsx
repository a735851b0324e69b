import { type Signal, computed, signal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Link } from '../frame/link.js';
import { rove } from '../frame/roving.js';
import { type Mailbox, mailboxes } from '../state/live.js';
import { route } from '../state/route.js';

/** More rows than that make a page slow; whom one looks for is found by the search. */
const MOST = 2000;

/** Open, where there is no room for it all the time. */
export const isListOpen: Signal<boolean> = signal(false);

const hidesEmpty = signal(false);
const shown = computed(() =>
  hidesEmpty.value ? mailboxes.value.filter(({ items }) => items.value > 0) : mailboxes.value,
);
const current = computed(() => route.value.mailbox);

/** Every mailbox with what is in it, one stop of the Tab key. */
export function MailboxList() {
  const count = shown.value.length;
  return (
    <nav aria-label="Mailboxes" class={isListOpen.value ? 'mailboxes is-open' : 'mailboxes'}>
      <div class="mailboxes-head">
        <h2>
          Mailboxes <span class="count">{count.toLocaleString('en')}</span>
        </h2>
        <label class="choice">
          <input
            type="checkbox"
            checked={hidesEmpty.value}
            onChange={(event) => (hidesEmpty.value = event.currentTarget.checked)}
          />
          with items
        </label>
      </div>
      <Rows />
      {count > MOST && <p class="small">The first {MOST.toLocaleString('en')}; search for the others.</p>}
    </nav>
  );
}

/** Drawn anew when another mailbox is chosen, not whenever something else of the page changes. */
function Rows() {
  const list = useRef<HTMLUListElement>(null);
  const mailbox = current.value;
  const all = shown.value;
  const isOpen = isListOpen.value;
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [mailbox, isOpen]);
  return useMemo(() => {
    const rows = all.slice(0, MOST);
    // Where the current one is hidden, Tab gets to the first.
    const stop = rows.some(({ address }) => address === mailbox) ? mailbox : rows[0]?.address;
    return (
      <ul ref={list} onKeyDown={rove} onClick={() => (isListOpen.value = false)}>
        {rows.map((row) => (
          <Row key={row.address} row={row} isCurrent={row.address === mailbox} isStop={row.address === stop} />
        ))}
      </ul>
    );
  }, [all, mailbox]);
}

function Row({ row, isCurrent, isStop }: { row: Mailbox; isCurrent: boolean; isStop: boolean }) {
  const { address, name, room, remote, items } = row;
  const at = address.lastIndexOf('@');
  const kind = [room ? 'room' : '', remote ? 'in Exchange Online' : ''].filter((word) => word !== '').join(', ');
  return (
    <li>
      <Link
        to={{ mailbox: address, item: '' }}
        data-stop
        tabIndex={isStop ? 0 : -1}
        aria-current={isCurrent ? 'true' : undefined}
        title={`${name} <${address}>`}
      >
        <span class="address">
          {address.slice(0, at)}
          <span class="domain">{address.slice(at)}</span>
        </span>
        {kind !== '' && <span class="small">{kind}</span>}
        <span class="count">
          {items}
          <span class="unseen"> items</span>
        </span>
      </Link>
    </li>
  );
}
