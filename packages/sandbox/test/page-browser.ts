import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const INSTALL =
  'The tests of the page need a browser: install Chrome or Chromium, or set CHROMIUM_PATH to one that is installed. ' +
  'On Linux x64 @sparticuz/chromium brings one along: "npx pnpm install".';

/** A headless Chromium: the one that is named, the one that comes from npm, or the Chrome that is installed. */
export async function launchBrowser(): Promise<Browser> {
  const { CHROMIUM_PATH: named } = process.env;
  if (named !== undefined && existsSync(named)) return chromium.launch({ executablePath: named });
  const failures: unknown[] = [];
  for (const launch of [fromNpm, installedChrome]) {
    try {
      return await launch();
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(failures, INSTALL);
}

/** For Linux on x64 alone: it needs nothing of the system. */
async function fromNpm(): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('@sparticuz/chromium is for Linux on x64');
  const { default: packed } = await import('@sparticuz/chromium');
  // Its own arguments are for a cloud function, and switch off what the tests are about.
  return chromium.launch({ executablePath: await packed.executablePath(), args: ['--no-sandbox', '--disable-gpu'] });
}

function installedChrome(): Promise<Browser> {
  return chromium.launch({ channel: 'chrome' });
}
