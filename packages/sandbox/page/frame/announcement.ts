import { signal } from '@preact/signals';

/** What a screen reader says next: the outcome of something that was done, nothing that happens by itself. */
export const announcement = signal('');

export function announce(text: string): void {
  announcement.value = text;
}
