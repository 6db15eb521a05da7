/*
 * Untrusted text may hide what it does: control characters, bidirectional overrides, zero-width letters.
 * They are shown as visible marks, so that what a person approves is what runs.
 */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for.
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: combining marks are looked for one by one.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffb]|[\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;

/** Replaces each hidden character by its code point in angle marks, such as `⟨U+202E⟩`; tabs and line ends stay. */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, character => {
    const code = character.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

/** True when the text holds a character that {@link visibleText} would mark. */
export function hasHiddenCharacters(text: string): boolean {
  return text.search(HIDDEN) >= 0;
}
