import type { ServerResponse } from 'node:http';
import type { Machinery } from '../control/machinery.js';
import type { Changes, Snapshot } from './page-state.js';
import { Watch } from './watch.js';

/** As often as somebody who watches can tell. */
const EVERY_MS = 250;
/** What a page that is too slow may have waiting; it is cut off then, and begins anew. */
const MOST_WAITING = 4 * 1024 * 1024;

/** Tells the pages that are open what changes, by server-sent events. There is nothing to do while none is. */
export class Feed {
  private readonly pages = new Set<ServerResponse>();
  private timer: NodeJS.Timeout | undefined = undefined;
  private readonly watch: Watch;

  constructor(machinery: Machinery) {
    this.watch = new Watch(machinery);
  }

  /** A page listens, until it goes away. */
  open(response: ServerResponse): void {
    // The others are told first: what they are told next begins where the new one begins.
    this.tell();
    response.write('retry: 1000\n\n');
    response.write(event('snapshot', this.watch.snapshot()));
    this.pages.add(response);
    this.timer ??= setInterval(() => this.tell(), EVERY_MS).unref();
    response.on('close', () => this.close(response));
  }

  private close(response: ServerResponse): void {
    this.pages.delete(response);
    if (this.pages.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private tell(): void {
    if (this.pages.size === 0) return;
    const changes = this.watch.changes();
    if (changes === undefined) return;
    const text = event('randomSeed' in changes ? 'snapshot' : 'changes', changes);
    for (const page of this.pages) {
      if (page.writableLength > MOST_WAITING) page.destroy();
      else page.write(text);
    }
  }
}

function event(name: string, data: Snapshot | Changes): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
