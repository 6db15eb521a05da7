/** A prompt whose first line becomes the task's title and that brings the rehearsal model's answers, in YAML, with it. */
export function scripted(title: string, rounds: string): string {
  return `${title}\n\`\`\`rehearse\n${rounds.trim()}\n\`\`\``;
}

/** A round that calls a tool. JSON is YAML, too. */
export function calls(name: string, input: Readonly<Record<string, unknown>>): string {
  return `- tool: ${JSON.stringify({ name, input })}`;
}

/** A round that writes a file in the working folder. */
export function writes(name: string, content: string): string {
  return calls('Write', { file_path: `{{cwd}}/${name}`, content });
}

/** A round that runs a shell command. */
export function runs(command: string): string {
  return calls('Bash', { command });
}

/** A round of words. */
export function says(text: string): string {
  return `- text: ${JSON.stringify(text)}`;
}

/** A round in which the model begins to speak and then says nothing more, for longer than any test takes. */
export function falters(text: string): string {
  return `- ${JSON.stringify({ text: `${text} And nothing more.`, chunk: text.length, pace: 600_000 })}`;
}
