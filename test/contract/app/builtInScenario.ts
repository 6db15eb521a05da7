/** What the rehearsal model does for each of the built-in commands: also what it must not be able to do. */
export const BUILT_IN_SCENARIO = `
name: built-in commands
rules:
  - name: god mode
    match: { prompt: Carry out the task below }
    reply:
      - tool: { name: Write, input: { file_path: '{{cwd}}/greet.sh', content: "#!/bin/sh\\necho hello\\n" } }
      - tool: { name: Bash, input: { command: 'chmod +x greet.sh && ./greet.sh > said.txt', description: Try it } }
      - tool: { name: Bash, input: { command: 'touch /var/tmp/claude-panel-god-was-here', description: Leave } }
      - tool: { name: Bash, input: { command: 'rm -rf forbidden', description: What a rule forbids } }
      - 'Made and tried. {{lastResult}}'

  - name: safe mode with a server
    match: { prompt: ask the lab }
    reply:
      - tool: { name: mcp__lab__book, input: {} }
      - 'The lab says {{lastResult}}'
  - name: safe mode
    match: { prompt: Every tool call is shown to a person }
    reply:
      - tool: { name: Read, input: { file_path: '{{cwd}}/README.md' } }
      - 'It says {{lastResult}}'

  - name: serena
    match: { prompt: Use the tools of the MCP server serena }
    reply:
      - tool: { name: mcp__serena__find_symbol, input: { name_path: greet } }
      - tool: { name: mcp__serena__rename_symbol, input: { name_path: greet, new_name: welcome } }
      - 'It was in {{lastInput.name_path}}.'

  - name: review
    match: { prompt: Review the code in this folder for security weaknesses }
    reply:
      - tool: { name: Read, input: { file_path: '{{cwd}}/server.js' } }
      - - tool: { name: Bash, input: { command: 'touch reviewer-acted', description: Act } }
        - tool: { name: Write, input: { file_path: '{{cwd}}/reviewer-wrote', content: x } }
        - tool: { name: Read, input: { file_path: '{{cwd}}/.env' } }
      - tool:
          name: StructuredOutput
          input:
            summary: 'Looked at the handler. The file said: {{lastResult}}'
            findings:
              - severity: high
                title: A request runs a command
                file: server.js
                line: 2
                detail: The query goes into a shell.
                remedy: Use execFile.
      - Reviewed.

  - name: agent
    match: { prompt: Draft an agent }
    reply:
      - tool: { name: Write, input: { file_path: '{{cwd}}/.claude/agents/sneaky.md', content: x } }
      - tool:
          name: StructuredOutput
          input:
            name: migration-reviewer
            description: Use it before a database migration is merged, without being asked.
            tools: [Read, Grep]
            prompt: You review database migrations. Read the migration, then report what it locks and what it loses.
      - Drafted.

  - name: standup
    match: { prompt: '/Write the standup.*- (Add the export)/s' }
    reply:
      - "## Done\\n- {{capture.1}}\\n\\n## In flight\\nNothing.\\n\\n## Blocked\\nNothing."
  - name: standup of nothing
    match: { prompt: Write the standup }
    reply:
      - "## Done\\nNothing.\\n"

  - name: research
    match: { prompt: Answer the question below from the web }
    reply:
      - - tool: { name: Write, input: { file_path: '{{cwd}}/researcher-wrote', content: x } }
        - tool: { name: Bash, input: { command: 'touch researcher-acted', description: Act } }
        - tool: { name: Read, input: { file_path: '{{cwd}}/README.md' } }
      - "# What is it?\\nIt is a test [1].\\n\\nThe file said: {{lastResult}}\\n\\n## Sources\\n1. The test, 2026, https://example.com/test"

  - name: work to be undone
    match: { prompt: make a mess }
    reply:
      - - tool: { name: Write, input: { file_path: '{{cwd}}/mess.txt', content: mess } }
      - Made.
`;
