import axe from 'axe-core';
import type { Page } from '@playwright/test';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/**
 * What axe finds wrong on the page as it stands, by WCAG 2.2 A and AA and by good practice: one line a rule, with the elements.
 *
 * `within` narrows it to what a selector finds.
 */
export async function violations(page: Page, within = 'html'): Promise<string[]> {
  // A page that is still fading in is measured too pale.
  await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished)));
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (selector) => {
    // Without the details of all that is well, it takes a quarter of the time.
    const found = await window.axe.run(selector, { resultTypes: ['violations'] });
    return found.violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, html }) => `${target.join(' ')} ${html.slice(0, 120)}`).join(', ')}`,
    );
  }, within);
}
