/** What the page of the panel needs from VS Code. */
interface PageAddresses {
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  readonly codiconUri: string;
}

/**
 * Fills in the page. Every token is replaced everywhere; one that is left over is a fault of the page and thrown.
 * @param template the page with tokens such as `#{nonce}`
 */
export function panelHtml(
  template: string,
  addresses: PageAddresses,
  page: { readonly nonce: string; readonly surface: 'sidebar' | 'editor'; readonly title: string },
): string {
  const values: Readonly<Record<string, string>> = { ...addresses, ...page };
  return template.replace(/#\{(\w+)\}/g, (token, name: string) => {
    const value = values[name];
    if (value === undefined) {
      throw new Error(`The page of the panel has an unknown token ${token}.`);
    }
    return escapeAttribute(value);
  });
}

function escapeAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
