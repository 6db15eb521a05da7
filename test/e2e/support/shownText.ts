import type { Locator } from 'playwright-core';

/**
 * The text below an element as it is shown, without decoration: also that of the components in it, which `innerText`
 * leaves out.
 */
export async function shownText(element: Locator, timeout = 30_000): Promise<string> {
  const text = await element.evaluate(
    root => {
      const read = (node: Node): string => {
        if (node instanceof Text) {
          return node.data;
        }
        if (node instanceof Element && (!node.checkVisibility() || node.ariaHidden === 'true')) {
          return '';
        }
        const inside =
          node instanceof HTMLSlotElement && node.assignedNodes().length > 0
            ? node.assignedNodes()
            : ((node instanceof Element ? node.shadowRoot : null) ?? node).childNodes;
        const text = [...inside].map(read).join('');
        const isInline = !(node instanceof Element) || getComputedStyle(node).display.startsWith('inline');
        return isInline ? text : `\n${text}\n`;
      };
      return read(root);
    },
    undefined,
    { timeout },
  );
  return text
    .split('\n')
    .map(line => line.replace(/\s+/g, ' ').trim())
    .filter(line => line !== '')
    .join('\n');
}
