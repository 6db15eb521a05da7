/** The YAML between the two lines `---` at the beginning of a Markdown file, not read yet, and the text behind them. */
export function frontMatter(text: string): { readonly head: string | undefined; readonly body: string } {
  const found = /^---[^\S\n]*\r?\n([\s\S]*?)\r?\n---/.exec(text);
  return { head: found?.[1], body: found === null ? text : text.slice(found[0].length) };
}
