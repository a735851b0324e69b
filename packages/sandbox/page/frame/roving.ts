/**
 * Along a list by the arrow keys, as one stop of the Tab key: of all its links only one can be reached by Tab.
 * For `onKeyDown` of the list.
 */
export function rove(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-stop]')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const target = {
    ArrowDown: links[at + 1],
    ArrowUp: links[at - 1],
    Home: links[0],
    End: links.at(-1),
  }[event.key];
  if (at === -1 || target === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  links[at]?.setAttribute('tabindex', '-1');
  target.setAttribute('tabindex', '0');
  target.focus();
}
