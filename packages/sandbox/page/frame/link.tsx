import type { ComponentChildren, JSX } from 'preact';
import { type Route, addressOf, go, route } from '../state/route.js';

type Properties = Omit<JSX.AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & {
  /** What differs from here. */
  readonly to: Partial<Route>;
  readonly children: ComponentChildren;
};

/**
 * A link to another place on the page; opens in a new tab like any other if asked so. It does not follow the address by
 * itself: of a thousand links nobody looks at more than one.
 */
export function Link({ to, children, ...rest }: Properties) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a {...rest} href={addressOf({ ...route.peek(), ...to })} onClick={follow}>
      {children}
    </a>
  );
}
