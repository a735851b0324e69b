import type { CalendarItem } from './item.js';

/** Items by UID. It is made when somebody first asks: a mailbox that nobody invites needs none. */
export class UidIndex {
  private items: Map<string, CalendarItem[]> | undefined;

  find(uid: string, everything: () => Iterable<CalendarItem>): readonly CalendarItem[] {
    if (this.items === undefined) {
      this.items = new Map();
      for (const item of everything()) this.add(item);
    }
    return this.items.get(uid) ?? [];
  }

  add(item: CalendarItem): void {
    const same = this.items?.get(item.uid);
    if (same === undefined) this.items?.set(item.uid, [item]);
    else same.push(item);
  }

  remove(item: CalendarItem): void {
    const left = this.items?.get(item.uid)?.filter((other) => other !== item);
    if (left === undefined) return;
    if (left.length > 0) this.items?.set(item.uid, left);
    else this.items?.delete(item.uid);
  }
}
