/** The message is indented, so that no line of it looks like a head. */
export const HISTORY_FORMAT = 'commit %H%n%w(0,2,2)%B%w()';

/** A line that a commit added to a file, or that stands in its message. */
interface HistoryLine {
  /** Nothing for the message. */
  readonly file: string | undefined;
  readonly text: string;
  readonly commit: string;
}

/**
 * Reads what `git log --patch --cc --unified=0` prints with `HISTORY_FORMAT`, line by line, and gives each added line with
 * its file and commit. Pure but for its place.
 */
export class HistoryReader {
  readonly #onLine: (line: HistoryLine) => void;
  #commit = '';
  #file: string | undefined;
  #isMessage = false;
  /** Lines of the present hunk that are still to come, so that content which looks like a head is not one. */
  #left = 0;
  /** Of a merge: how many commits the present hunk compares with. Each has a column of signs before the content. */
  #columns = 0;
  readonly #binaries = new Set<string>();
  commits = 0;

  constructor(onLine: (line: HistoryLine) => void) {
    this.#onLine = onLine;
  }

  /** Files that git shows no lines of, in any commit. */
  get binaries(): readonly string[] {
    return [...this.#binaries];
  }

  add(line: string): void {
    if (this.#isContent(line) || line.startsWith('\\')) {
      return;
    }
    const commit = /^commit ([0-9a-f]{40,64})$/.exec(line)?.[1];
    if (commit !== undefined) {
      this.#commit = commit;
      this.#file = undefined;
      this.#columns = 0;
      this.#isMessage = true;
      this.commits += 1;
    } else if (line.startsWith('diff ')) {
      this.#file = undefined;
      this.#columns = 0;
      this.#isMessage = false;
    } else if (this.#isMessage) {
      if (line !== '') {
        this.#onLine({ file: undefined, text: line.trim(), commit: this.#commit });
      }
    } else {
      this.#addHead(line);
    }
  }

  #isContent(line: string): boolean {
    if (this.#left > 0 && /^[+-]/.test(line)) {
      this.#left -= 1;
      this.#addContent(line, 1);
      return true;
    }
    if (this.#columns > 0 && /^[ +-]/.test(line)) {
      // What the merge itself wrote is new to each of its parents; all else is in their own commits.
      this.#addContent(line, this.#columns);
      return true;
    }
    return false;
  }

  #addContent(line: string, columns: number): void {
    if (line.startsWith('+'.repeat(columns)) && this.#file !== undefined) {
      this.#onLine({ file: this.#file, text: line.slice(columns), commit: this.#commit });
    }
  }

  #addHead(line: string): void {
    if (line.startsWith('+++ ')) {
      this.#file = pathOf(line.slice(4));
      return;
    }
    const hunk = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
    if (hunk !== null) {
      this.#left = Number(hunk[1] ?? 1) + Number(hunk[2] ?? 1);
      return;
    }
    const merged = /^@@(@+) -/.exec(line)?.[1];
    if (merged !== undefined) {
      this.#columns = merged.length + 1;
      return;
    }
    const binary = /^Binary files .* and (.+) differ$/.exec(line)?.[1];
    const path = binary === undefined ? undefined : pathOf(binary);
    if (path !== undefined) {
      this.#binaries.add(path);
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
