/** Builds the page as `npm run page` does; writes nothing where nothing has changed. */
export async function buildPage(): Promise<void> {
  const { href } = new URL('../page/build.mjs', import.meta.url);
  const module = (await import(/* @vite-ignore */ href)) as { buildPage: () => Promise<void> };
  await module.buildPage();
}
