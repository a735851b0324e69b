import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Results {
  violations: { id: string; nodes: { html: string }[] }[];
}

/** What axe-core has against a page as it is, a line for each rule; empty if nothing. */
export async function violationsOn(page: Page): Promise<string[]> {
  // By the debugger, since the page's policy lets no script of others in.
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate<Results>("axe.run({ resultTypes: ['violations'] })");
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
