import type { Signal } from '@preact/signals';
import { faults, isConnected, randomSeed, totals } from '../state/live.js';
import { SECTIONS, type Section, route } from '../state/route.js';
import { Link } from './link.js';
import { isHelpOpen, isResetOpen } from './open-sheets.js';
import { Search } from './search.js';
import { SECTION_NAMES } from './sections.js';

/** The name, the search, the sections, and how the sandbox is. */
export function Header() {
  return (
    <header class="header">
      <p class="brand">
        <img src="/page/icon.svg" alt="" width="24" height="24" />
        <span>Exchange sandbox</span>
      </p>
      <Search />
      <nav aria-label="Sections" class="sections">
        {SECTIONS.map((section) => (
          <Link
            key={section}
            to={{ show: section, item: '', request: '' }}
            aria-current={route.value.show === section ? 'page' : undefined}
          >
            {SECTION_NAMES[section]} <Count of={section} />
          </Link>
        ))}
      </nav>
      <Connection />
      <div class="header-buttons">
        <Opener what={isResetOpen}>Reset…</Opener>
        <Opener what={isHelpOpen}>
          <span aria-hidden="true">?</span>
          <span class="unseen">Keys and help</span>
        </Opener>
      </div>
    </header>
  );
}

function Opener({ what, children }: { what: Signal<boolean>; children: preact.ComponentChildren }) {
  return (
    <button type="button" class="button" aria-haspopup="dialog" onClick={() => (what.value = true)}>
      {children}
    </button>
  );
}

function Count({ of }: { of: Section }) {
  const count = {
    calendar: 0,
    requests: totals.value.requests,
    faults: faults.value.filter(({ off }) => off !== true).length,
    mails: totals.value.mails,
  }[of];
  return count === 0 ? null : <span class="count">{count.toLocaleString('en')}</span>;
}

function Connection() {
  if (isConnected.value === false) return <p class="connection is-lost">Not connected: is the sandbox running?</p>;
  const { inFlight } = totals.value;
  return (
    <p class="connection" title="Starts the sandbox with the same seed, and chance repeats itself">
      seed {randomSeed.value}
      {inFlight > 0 && `, ${inFlight.toLocaleString('en')} in flight`}
    </p>
  );
}
