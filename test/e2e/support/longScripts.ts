/**
 * Leaves a job behind and another one that has detached itself, makes the file of its name, and sleeps; the second time
 * it only says so. Run it with `sh sleeper.sh NAME`.
 */
export const SLEEPER = `if [ -e "$1" ]; then echo again; exit; fi
nohup sleep 1000 >/dev/null 2>&1 &
setsid sleep 1001 >/dev/null 2>&1 &
touch "$1"
sleep 1002
`;

/** Characters of each piece in which numbered words are written, one piece every 40 ms. */
const CHUNK = 6;

/** A scenario's rule: asked for this, the model writes numbered words; with `stall`, it falls silent after so many pieces. */
export function wordsRule(prompt: string, count: number, { stall }: { readonly stall?: number } = {}): string {
  const end = stall === undefined ? '' : `, { stall: ${stall} }`;
  return `  - match: { prompt: ${prompt} }
    reply: [[{ text: ${numberedWords(count)}, chunk: ${CHUNK}, pace: 40 }${end}]]`;
}

/** What is written of numbered words before the model falls silent. */
export function wordsBeforeStall(count: number, stall: number): string {
  return numberedWords(count)
    .slice(0, stall * CHUNK)
    .trim();
}

export function numberedWords(count: number): string {
  return Array.from({ length: count }, (_, index) => `w${index + 1}`).join(' ');
}

/** A round of so many pieces of text, each an item of the transcript. On one line, which is quick to type. */
export function writesPieces(count: number): string {
  const pieces = Array.from({ length: count }, (_, index) => `{ text: Piece ${index + 1}. }`);
  return `- [${pieces.join(', ')}]`;
}
