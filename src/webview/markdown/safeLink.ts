/** Schemes that may be handed to VS Code. A file of the workspace comes as a path without a scheme. */
const SCHEMES = new Set(['http', 'https', 'mailto']);

/** The address as it may be opened, or nothing when it must not be. */
export function safeLink(href: string): string | undefined {
  const address = href.trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters can hide a scheme from the check below.
  if (address === '' || address.length > 4096 || /[\u0000-\u001f\u007f]/.test(address)) {
    return undefined;
  }
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase();
  // A drive letter of Windows looks like a scheme of one letter.
  if (scheme === undefined || scheme.length === 1) {
    return address.startsWith('#') || address.startsWith('//') || address.startsWith('\\\\') ? undefined : address;
  }
  if (SCHEMES.has(scheme)) {
    return address;
  }
  // `server.ts:12` is a place in a file; a scheme is never followed by a line number alone.
  return /^[^:/?#]+\.[A-Za-z0-9]+(:\d+){1,2}$/.test(address) ? address : undefined;
}
