/** Reads what `git log -p --unified=0` prints, line by line, and gives each added line with its file and commit. Pure but for its place. */
export class HistoryReader {
  readonly #onLine: (added: { readonly file: string; readonly text: string; readonly commit: string }) => void;
  #commit = '';
  #file: string | undefined;
  /** Lines of the present hunk that are still to come, so that content which looks like a head is not one. */
  #left = 0;
  commits = 0;

  constructor(onLine: (added: { readonly file: string; readonly text: string; readonly commit: string }) => void) {
    this.#onLine = onLine;
  }

  add(line: string): void {
    if (this.#left > 0 && (line.startsWith('+') || line.startsWith('-'))) {
      this.#left -= 1;
      if (line.startsWith('+') && this.#file !== undefined) {
        this.#onLine({ file: this.#file, text: line.slice(1), commit: this.#commit });
      }
      return;
    }
    if (line.startsWith('\\')) {
      return;
    }
    const commit = /^commit ([0-9a-f]{40,64})$/.exec(line)?.[1];
    if (commit !== undefined) {
      this.#commit = commit;
      this.#file = undefined;
      this.commits += 1;
      return;
    }
    if (line.startsWith('+++ ')) {
      this.#file = pathOf(line.slice(4));
      return;
    }
    const hunk = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
    if (hunk !== null) {
      this.#left = Number(hunk[1] ?? 1) + Number(hunk[2] ?? 1);
    }
  }
}

/** The path after `b/`, without the quotes and escapes that git puts around unusual ones. */
function pathOf(text: string): string | undefined {
  const plain = text.endsWith('\t') ? text.slice(0, -1) : text;
  const path = plain.startsWith('"') ? unquoted(plain) : plain;
  return path?.startsWith('b/') ? path.slice(2) : undefined;
}

function unquoted(text: string): string | undefined {
  if (!text.endsWith('"') || text.length < 2) {
    return undefined;
  }
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\' };
  const bytes: number[] = [];
  for (const [part, octal, letter] of text.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|[^\\]+/gsu)) {
    if (octal !== undefined) {
      bytes.push(Number.parseInt(octal, 8));
    } else {
      bytes.push(...Buffer.from(letter === undefined ? part : (escapes[letter] ?? letter)));
    }
  }
  return Buffer.from(bytes).toString('utf8');
}
