/** A prompt whose first line becomes the task's title and that brings the rehearsal model's answers, in YAML, with it. */
export function scripted(title: string, rounds: string): string {
  return `${title}\n\`\`\`rehearse\n${rounds.trim()}\n\`\`\``;
}

/** A round that never ends by itself: the model has said nothing more for ten minutes. */
export const NEVER_ENDS = '- - delay: 600000';

/** A round that writes a file in the working folder. */
export function writes(name: string, content: string): string {
  return `- tool: { name: Write, input: { file_path: '{{cwd}}/${name}', content: ${JSON.stringify(content)} } }`;
}

/** A round that runs a shell command. */
export function runs(command: string): string {
  return `- tool: { name: Bash, input: { command: ${JSON.stringify(command)} } }`;
}

/** A round of words. */
export function says(text: string): string {
  return `- text: ${JSON.stringify(text)}`;
}
