import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { RequestRecord } from '../../src/index.js';
import { rove } from '../frame/roving.js';
import { leftOut, listAllRequests, requests } from '../state/live.js';
import { RequestRow } from './request-row.js';
import { failed } from './outcome.js';

/** Rows that are drawn; more on demand. */
const STEP = 200;

const wanted = signal('');
const wantsFailed = signal(false);
/** The list as it was when somebody stopped it; undefined while it is live. */
const held = signal<readonly RequestRecord[] | undefined>(undefined);

/** The log, newest first. */
export function RequestsSection() {
  const [most, setMost] = useState(STEP);
  const all = held.value ?? requests.value;
  const shown = filtered(all);
  return (
    <main class="section">
      <div class="section-head">
        <h1>Requests</h1>
        <input
          type="search"
          aria-label="Filter by operation, mailbox, account, code or fault"
          placeholder="Filter"
          value={wanted.value}
          onInput={(event) => (wanted.value = event.currentTarget.value)}
        />
        <label class="choice">
          <input
            type="checkbox"
            checked={wantsFailed.value}
            onChange={(event) => (wantsFailed.value = event.currentTarget.checked)}
          />
          failed or struck only
        </label>
        <Hold />
      </div>
      <LeftOut />
      <div class="table" role="table" aria-label="Requests" aria-rowcount={shown.length + 1} onKeyDown={rove}>
        <div class="row is-head" role="row">
          {['Number', 'Time', 'Operation', 'As whom', 'Account', 'Answer', 'Duration'].map((name) => (
            <span key={name} role="columnheader">
              {name}
            </span>
          ))}
        </div>
        {shown.slice(0, most).map((request, at) => (
          <RequestRow key={request.number} request={request} isStop={at === 0} />
        ))}
      </div>
      {shown.length === 0 && <p>{all.length === 0 ? 'No request has come yet.' : 'No request is like that.'}</p>}
      {shown.length > most && (
        <button type="button" class="button" onClick={() => setMost(most + STEP)}>
          {Math.min(STEP, shown.length - most)} more of {(shown.length - most).toLocaleString('en')}
        </button>
      )}
    </main>
  );
}

function Hold() {
  const news = held.value === undefined ? 0 : requests.value.length - held.value.length;
  return (
    <button
      type="button"
      class="button"
      aria-pressed={held.value !== undefined}
      onClick={() => (held.value = held.value === undefined ? requests.value : undefined)}
    >
      Hold still{news > 0 && ` (${news.toLocaleString('en')} new)`}
    </button>
  );
}

function LeftOut() {
  if (leftOut.value === 0) return null;
  return (
    <p class="notice">
      {leftOut.value.toLocaleString('en')} more requests are not listed: they came faster than anybody reads, or before
      this page was opened.{' '}
      <button type="button" class="button" onClick={() => void listAllRequests()}>
        List the last 10,000
      </button>
    </p>
  );
}

function filtered(all: readonly RequestRecord[]): readonly RequestRecord[] {
  const text = wanted.value.trim().toLowerCase();
  if (text === '' && !wantsFailed.value) return all;
  return all.filter((request) => (!wantsFailed.value || failed(request)) && words(request).includes(text));
}

function words({ number, operation, mailbox, account, status, codes, faults, ending }: RequestRecord): string {
  return [number, operation, mailbox, account, status, ...codes, ...faults, ending].join(' ').toLowerCase();
}
