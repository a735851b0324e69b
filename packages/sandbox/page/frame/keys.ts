import { signal } from '@preact/signals';
import { move, today } from '../calendar/move.js';
import { type Section, type View, go, route } from '../state/route.js';
import { isHelpOpen } from './open-sheets.js';

const STORED = 'keys';

/** People who speak to their computer can switch them off. */
export const areKeysOn = signal(localStorage.getItem(STORED) !== 'off');

export function switchKeys(on: boolean): void {
  areKeysOn.value = on;
  localStorage.setItem(STORED, on ? 'on' : 'off');
}

const VIEW_KEYS: Readonly<Record<string, View>> = { d: 'day', w: 'week', m: 'month', l: 'list' };
const SECTION_KEYS: Readonly<Record<string, Section>> = { 1: 'calendar', 2: 'requests', 3: 'faults', 4: 'mails' };

export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (!areKeysOn.value || event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return;
    if (press(event.key)) event.preventDefault();
  });
}

/** @returns whether the key means something here */
function press(key: string): boolean {
  const section = SECTION_KEYS[key];
  if (key === '/') document.querySelector<HTMLElement>('#search')?.focus();
  else if (key === '?') isHelpOpen.value = true;
  else if (section !== undefined) go({ show: section });
  else return route.value.show === 'calendar' && pressInCalendar(key);
  return true;
}

function pressInCalendar(key: string): boolean {
  const view = VIEW_KEYS[key];
  if (view !== undefined) go({ view });
  else if (key === 't') today();
  else if (key === 'ArrowLeft') move(-1);
  else if (key === 'ArrowRight') move(1);
  else return false;
  return true;
}

/** Somebody writes, chooses, or has something open. */
function isElsewhere(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]') !== null) return true;
  return target instanceof HTMLElement && target.closest('input, select, textarea, [contenteditable]') !== null;
}
