import { signal } from '@preact/signals';

export const SECTIONS = ['calendar', 'requests', 'faults', 'mails'] as const;
export type Section = (typeof SECTIONS)[number];

export const VIEWS = ['day', 'week', 'month', 'list'] as const;
export type View = (typeof VIEWS)[number];

/** Where one is on the page: all of it is in the address, so that it can be shared and Back works. */
export interface Route {
  readonly show: Section;
  /** An address; empty until one is chosen. */
  readonly mailbox: string;
  readonly view: View;
  /** `2026-11-24`; empty for today. */
  readonly date: string;
  /** Times are in the viewer's zone, not in the mailbox's. */
  readonly zone: 'mailbox' | 'viewer';
  /** The ItemId of the item that is open. */
  readonly item: string;
  /** The number of the request that is open. */
  readonly request: string;
}

/** Seven days side by side need more room than a phone has. */
const isNarrow = window.matchMedia('(width < 700px)').matches;

const HOME: Route = {
  show: 'calendar',
  mailbox: '',
  view: isNarrow ? 'list' : 'week',
  date: '',
  zone: 'mailbox',
  item: '',
  request: '',
};

export const route = signal<Route>(read());

/** Goes somewhere. @param how `replace` where Back shall not lead back here */
export function go(change: Partial<Route>, how: 'push' | 'replace' = 'push'): void {
  const next = { ...route.peek(), ...change };
  const address = addressOf(next);
  if (address !== location.pathname + location.search) history[`${how}State`](null, '', address);
  route.value = next;
}

/** The address of a place, for links. */
export function addressOf(place: Route): string {
  const parameters = new URLSearchParams();
  for (const key of Object.keys(HOME) as (keyof Route)[]) {
    // The view is always said: what is left out depends on the width of the screen.
    if (place[key] !== HOME[key] || (key === 'view' && place.show === 'calendar' && place.mailbox !== '')) {
      parameters.set(key, place[key]);
    }
  }
  return parameters.size === 0 ? '/' : `/?${parameters}`;
}

export function followHistory(): void {
  window.addEventListener('popstate', () => (route.value = read()));
}

function read(): Route {
  const given = new URLSearchParams(location.search);
  const word = (key: keyof Route) => given.get(key) ?? '';
  return {
    show: SECTIONS.find((section) => section === word('show')) ?? HOME.show,
    mailbox: word('mailbox'),
    view: VIEWS.find((view) => view === word('view')) ?? HOME.view,
    date: /^\d{4}-\d\d-\d\d$/.test(word('date')) ? word('date') : '',
    zone: word('zone') === 'viewer' ? 'viewer' : 'mailbox',
    item: word('item'),
    request: word('request'),
  };
}
