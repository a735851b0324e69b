import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Entries, Entry } from '../../src/page/page-state.js';
import { ask } from '../state/ask.js';
import { type Mailbox, mailboxes } from '../state/live.js';
import { type Route, go } from '../state/route.js';
import { longTime, wallTime, zoneOf } from '../state/times.js';

/** After the last letter, until the sandbox is asked. */
const PAUSE_MS = 150;
const MOST_MAILBOXES = 8;

/** Something that was found, and where it is. */
interface Hit {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly to: Partial<Route>;
}

const text = signal('');
const found = signal<Entries>({ total: 0, entries: [] });
/** The place of the hit that Enter would open. */
const active = signal(0);
const isOpen = signal(false);

/** One field for mailboxes (by address or name) and items (by subject, place, UID, key or ItemId). */
export function Search() {
  const field = useRef<HTMLInputElement>(null);
  useItems(text.value.trim());
  const hits = isOpen.value && text.value.trim() !== '' ? allHits(text.value.trim().toLowerCase()) : [];
  const open = (hit: Hit | undefined) => {
    if (hit === undefined) return;
    isOpen.value = false;
    text.value = '';
    field.current?.blur();
    go({ show: 'calendar', item: '', request: '', ...hit.to });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && hits.length > 0) active.value = (active.value + step + hits.length) % hits.length;
    else if (event.key === 'Enter') open(hits[active.value]);
    else if (event.key === 'Escape') {
      isOpen.value = false;
      field.current?.blur();
    } else return;
    event.preventDefault();
  };
  return (
    <div class="search" role="search">
      <input
        ref={field}
        id="search"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        placeholder="Search mailboxes and items"
        aria-label="Search mailboxes and items"
        aria-expanded={hits.length > 0}
        aria-controls="hits"
        aria-activedescendant={hits.length > 0 ? `hit-${active.value}` : undefined}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
          active.value = 0;
          isOpen.value = true;
        }}
        onFocus={() => (isOpen.value = true)}
        onBlur={() => (isOpen.value = false)}
        onKeyDown={onKeyDown}
      />
      <kbd aria-hidden="true">/</kbd>
      <Hits hits={hits} onOpen={open} />
    </div>
  );
}

function Hits({ hits, onOpen }: { hits: readonly Hit[]; onOpen: (hit: Hit) => void }) {
  useEffect(() => {
    document.querySelector(`#hit-${active.value}`)?.scrollIntoView({ block: 'nearest' });
  }, [active.value]);
  const isEmpty = isOpen.value && text.value.trim() !== '' && hits.length === 0;
  const { total, entries } = found.value;
  return (
    <div class="hits" hidden={hits.length === 0 && !isEmpty}>
      <ul id="hits" role="listbox" aria-label="Found">
        {hits.map((hit, at) => (
          <li
            key={hit.id}
            id={`hit-${at}`}
            role="option"
            aria-selected={at === active.value}
            // Before the field loses the focus, and the list is gone.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onOpen(hit)}
          >
            <span class="hit-title">{hit.title}</span>
            <span class="small">{hit.detail}</span>
          </li>
        ))}
      </ul>
      {isEmpty && <p class="small">Nothing has this in its address, name, subject, place, UID, key or ItemId.</p>}
      {hits.length > 0 && total > entries.length && (
        <p class="small">and {(total - entries.length).toLocaleString('en')} more items</p>
      )}
    </div>
  );
}

function useItems(wanted: string): void {
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      if (wanted === '') found.value = { total: 0, entries: [] };
      else
        ask<Entries>('/page/search', { text: wanted }, stop.signal).then((entries) => (found.value = entries), ignore);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted]);
}

/** The next letter has been typed, or the sandbox is gone, which the head of the page says. */
function ignore(): void {}

function allHits(wanted: string): Hit[] {
  const boxes = mailboxes.value.filter(
    ({ address, name }) => address.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted),
  );
  return [...boxes.slice(0, MOST_MAILBOXES).map(mailboxHit), ...found.value.entries.map(itemHit)];
}

function mailboxHit({ address, name, items }: Mailbox): Hit {
  const detail = `${name}, ${items.value.toLocaleString('en')} ${items.value === 1 ? 'item' : 'items'}`;
  return { id: address, title: address, detail, to: { mailbox: address } };
}

function itemHit({ id, mailbox, subject, start, days, folder }: Entry): Hit {
  const zone = zoneOf(mailbox);
  return {
    id,
    title: subject === '' ? '(no subject)' : subject,
    detail: `${mailbox}, ${longTime(start, zone)}${folder === 'calendar' ? '' : `, in ${folder}`}`,
    to: { mailbox, item: id, date: days?.first ?? wallTime(start, zone).slice(0, 10) },
  };
}
