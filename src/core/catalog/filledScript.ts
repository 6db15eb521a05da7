/** Programs that take a script as an argument, and the options that it comes right after. */
const INTERPRETERS: readonly (readonly [program: RegExp, option: RegExp])[] = [
  [/^(?:ba|da|z|k|fi)?sh$/, /^(?:-[A-Za-z]*c|--command)$/],
  [/^(?:node|bun)$/, /^(?:-[ep]+|--eval|--print)$/],
  [/^deno$/, /^eval$/],
  [/^python[\d.]*$/, /^-[A-Za-z]*c$/],
  [/^perl$/, /^-(?![IM])\w*[eE]$/],
  [/^ruby$/, /^-(?![Ir])\w*e$/],
  [/^php$/, /^-[rBRE]$/],
  [/^(?:pwsh|powershell)$/, /^-c(?:ommand)?$/i],
  [/^cmd$/, /^\/[ck]$/i],
];

/** Where a list of words has a script with a value in it, which would be read as code; undefined when nowhere. Pure. */
export function filledScript([file = '', ...args]: readonly string[]):
  | { readonly program: string; readonly index: number }
  | undefined {
  const program = (file.split(/[\\/]/).at(-1) ?? '').toLowerCase().replace(/\.exe$/, '');
  const option = INTERPRETERS.find(([name]) => name.test(program))?.[1];
  const at = args.findIndex(
    (word, index) =>
      word.includes('${{') && (option?.test(args[index - 1] ?? '') || option?.test(word.replace(/=.*$/s, ''))),
  );
  return at < 0 ? undefined : { program, index: at + 1 };
}
