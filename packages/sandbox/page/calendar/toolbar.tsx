import { VIEWS, type View, go, route } from '../state/route.js';
import { shownZone } from '../state/times.js';
import { shownPeriod } from './calendar.js';
import { move, today } from './move.js';

const NAMES: Readonly<Record<View, string>> = { day: 'Day', week: 'Week', month: 'Month', list: 'List' };
const PERIODS: Readonly<Record<View, string>> = { day: 'day', week: 'week', month: 'month', list: 'month' };

/** What moves the calendar, how it is seen, and in which zone. */
export function Toolbar({ timeZone }: { timeZone: string }) {
  const { view, zone } = route.value;
  const viewer = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div class="toolbar">
      <div class="buttons">
        <button type="button" class="button" aria-label={`Earlier ${PERIODS[view]}`} onClick={() => move(-1)}>
          ‹
        </button>
        <button type="button" class="button" onClick={today}>
          Today
        </button>
        <button type="button" class="button" aria-label={`Later ${PERIODS[view]}`} onClick={() => move(1)}>
          ›
        </button>
      </div>
      <h2 class="period">{shownPeriod.value}</h2>
      <div class="buttons is-joined" role="group" aria-label="View">
        {VIEWS.map((each) => (
          <button
            key={each}
            type="button"
            class="button"
            aria-pressed={view === each}
            onClick={() => go({ view: each })}
          >
            {NAMES[each]}
          </button>
        ))}
      </div>
      <label class="zone">
        <span class="unseen">Times in the zone of</span>
        <select
          value={zone}
          onChange={(event) => go({ zone: event.currentTarget.value === 'viewer' ? 'viewer' : 'mailbox' }, 'replace')}
        >
          <option value="mailbox">mailbox: {zone === 'mailbox' ? shownZone() : timeZone}</option>
          <option value="viewer">here: {viewer}</option>
        </select>
      </label>
    </div>
  );
}
