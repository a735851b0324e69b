import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the page, as it is served. */
export interface Asset {
  readonly type: string;
  readonly content: Buffer;
  readonly etag: string;
}

/** The files that there are, by the path that they are asked for. Nothing else is ever read. */
const FILES: ReadonlyMap<string, readonly [file: string, type: string]> = new Map([
  ['/', ['index.html', 'text/html; charset=utf-8']],
  ['/page/page.js', ['page.js', 'text/javascript; charset=utf-8']],
  ['/page/page.css', ['page.css', 'text/css; charset=utf-8']],
  ['/page/icon.svg', ['icon.svg', 'image/svg+xml']],
  ['/page/licences.txt', ['licences.txt', 'text/plain; charset=utf-8']],
]);

/** The built page, read when it is first asked for. */
export class PageAssets {
  private readonly read = new Map<string, Asset>();

  has(path: string): boolean {
    return FILES.has(path);
  }

  /** @returns undefined where the page has not been built */
  find(path: string): Asset | undefined {
    const known = this.read.get(path);
    if (known !== undefined) return known;
    const [file, type] = FILES.get(path) ?? [];
    const folder = assetFolder();
    if (file === undefined || type === undefined || folder === undefined) return undefined;
    const content = readFileSync(join(folder, file));
    const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
    const asset = { type, content, etag };
    this.read.set(path, asset);
    return asset;
  }
}

/** Where the page is in the package, wherever in it this file is: in `src`, in `dist`, or bundled with others. */
function assetFolder(): string | undefined {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    if (dirname(folder) === folder) return undefined;
    folder = dirname(folder);
  }
  const assets = join(folder, 'dist', 'page', 'assets');
  return existsSync(join(assets, 'index.html')) ? assets : undefined;
}
