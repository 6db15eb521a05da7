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

/** A round that writes numbered words, one or two every 40 ms. */
export function writesWords(count: number): string {
  return `- - { text: "${numberedWords(count)}", chunk: 6, pace: 40 }`;
}

export function numberedWords(count: number): string {
  return Array.from({ length: count }, (_, index) => `w${index + 1}`).join(' ');
}
