import path from 'node:path';

type LinkTarget =
  | { readonly kind: 'web'; readonly address: string }
  | { readonly kind: 'file'; readonly file: string; readonly line: number | undefined };

/**
 * Where a link in the words of an agent leads: to a web page, or to a file in one of the folders. Nothing else is
 * opened: no command, no program, no file elsewhere.
 */
export function linkTarget(href: string, folders: readonly string[]): LinkTarget | undefined {
  if (/^(https?|mailto):/i.test(href)) {
    return URL.canParse(href) ? { kind: 'web', address: new URL(href).href } : undefined;
  }
  const isPath = !/^[a-z][a-z0-9+.-]+:/i.test(href) || /^file:/i.test(href);
  const match = isPath ? /^(?:file:\/\/)?([^#?]+?)(?:(?::|#L)(\d+)(?:[:-].*)?)?$/i.exec(href) : null;
  const named = match?.[1] === undefined ? undefined : decode(match[1]);
  const file = named === undefined ? undefined : folders.map(folder => inside(named, folder)).find(Boolean);
  return file === undefined ? undefined : { kind: 'file', file, line: match?.[2] ? Number(match[2]) : undefined };
}

function inside(file: string, folder: string): string | undefined {
  const whole = path.resolve(folder, file);
  const relative = path.relative(folder, whole);
  return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? undefined : whole;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
