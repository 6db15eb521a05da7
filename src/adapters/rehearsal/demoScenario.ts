import { parseScenario } from './scenario.ts';
import type { Scenario } from './scenarioModel.ts';

/** YAML as it is written, but for backticks, which need their backslash here; values go in as JSON, which is YAML too. */
function yaml(parts: TemplateStringsArray, ...values: readonly string[]): string {
  const text = parts.raw.map(part => part.replaceAll('\\`', '`'));
  return text.map((part, index) => part + (index < values.length ? JSON.stringify(values[index]) : '')).join('');
}

const LONG_TEXT = [
  'This is a long answer, so that you can watch it arrive, scroll back, and stop it.',
  ...Array.from(
    { length: 40 },
    (_, index) =>
      `${index + 1}. Paragraph ${index + 1} of 40. It says nothing of weight; it is here to keep the stream busy while you try the panel.`,
  ),
  'That was all of it.',
].join('\n\n');

const DEMO = yaml`
name: demo
defaults: { delay: 250, pace: 16, chunk: 9 }
rules:
  # What can come between in any of the stories below.
  - name: write after reading
    match:
      lastTool: { name: Write, error: true, result: has not been read }
    reply:
      - - text: There is such a file already. I read it before I replace it.
        - tool: { name: Read, input: { file_path: '{{lastInput.file_path}}' } }
        - tool: { name: Write, input: { file_path: '{{lastInput.file_path}}', content: '{{lastInput.content}}' } }

  - name: denied
    match:
      lastTool: { name: '/^(Edit|Write|Bash|Agent|Task)$/', error: true, result: '/^(?!Exit code|<tool_use_error>|File )/' }
    reply:
      - text: |
          Understood: I leave that out and stop here. I was told:

          > {{lastResult}}

          What I did before stays as it is. Tell me how to go on instead.

  - name: message while working
    match: { followUp: true, agent: main }
    reply:
      - text: |
          I have read what you sent while I worked:

          > {{prompt}}

          I stop here so that you can see the state, and go on when you say so.

  - name: sub-agent
    match: { agent: sub }
    reply:
      - - text: I look at the files first.
        - tool: { name: Bash, input: { command: find . -maxdepth 2 -type f -not -path '*/node_modules/*' -not -path '*/.*', description: List the files } }
      - - tool: { name: Read, input: { file_path: '{{cwd}}/package.json' } }
      - - delay: 1200
        - text: |
            **Report**

            - It is a small Node project; \`package.json\` names its scripts.
            - The server and its tests lie apart, so a new endpoint needs one file each.
            - Nothing was changed.

  # Special words.
  - name: fail
    match: { prompt: '/^\W*fail\b/i' }
    reply:
      - error: { status: 401, message: invalid x-api-key, retry: false }

  - name: questions unanswered
    match: { prompt: ask me, lastTool: { name: AskUserQuestion, error: true } }
    reply:
      - text: You did not choose, so I would take SQLite and leave the tests as they are.

  - name: questions
    match: { prompt: ask me, tool: AskUserQuestion }
    reply:
      - - thinking: Two things cannot be known from the code. I ask before I build on a guess.
        - text: Two choices are yours before I begin.
        - tool:
            name: AskUserQuestion
            input:
              questions:
                - question: Which store should the service use?
                  header: Store
                  multiSelect: false
                  options:
                    - { label: SQLite, description: 'One file, nothing to run (recommended)' }
                    - { label: PostgreSQL, description: 'A server, for several machines' }
                    - { label: In memory, description: Gone after a restart }
                - question: Which checks should run on every change?
                  header: Checks
                  multiSelect: true
                  options:
                    - { label: Unit tests, description: Seconds }
                    - { label: Types, description: Seconds }
                    - { label: End to end, description: Minutes }
      - text: |
          Thank you. Your answers:

          > {{lastResult}}

          I would build it that way. This is a rehearsal, so I leave it at that.

  - name: sub-agent is under way
    match: { lastTool: { name: '/^(Agent|Task)$/', result: '/^Async agent launched/' } }
    reply:
      - text: The sub-agent is at work. I report when it is back.

  - name: explore
    match: { prompt: '/\bexplore\b|\bsub-?agent/i' }
    reply:
      - - thinking: Reading around costs room in my own context. A sub-agent can do it and tell me only what matters.
        - text: I send a sub-agent to look around.
        # The tool has another name in older versions, which have no agent of their own for exploring.
        - tool:
            name: Agent
            optional: true
            input: &order { description: Explore the project, subagent_type: Explore, prompt: 'Find out how this project is laid out, and report in five lines.' }
        - tool:
            name: Task
            optional: true
            input: { <<: *order, subagent_type: general-purpose }
      - text: |
          The sub-agent is back:

          {{lastResult}}

  - name: sleep for a time
    match: { prompt: '/\bsleep\D{0,20}(\d{1,4})/i' }
    reply:
      - - text: I run a script that sleeps for {{capture.1}} seconds. Stop it whenever you like.
        - tool: { name: Bash, input: { command: 'for second in $(seq 1 {{capture.1}}); do echo "second $second of {{capture.1}}"; sleep 1; done', description: Sleep and count, timeout: 600000 } }
      - text: The script ran to its end.

  - name: sleep
    match: { prompt: '/\bsleep\b/i' }
    reply:
      - - text: I run a script that sleeps for a minute. Stop it whenever you like.
        - tool: { name: Bash, input: { command: 'for second in $(seq 1 60); do echo "second $second of 60"; sleep 1; done', description: Sleep and count, timeout: 120000 } }
      - text: The script ran to its end.

  - name: long
    match: { prompt: '/^\W*long\b|\blong (?:text|answer|story|essay|explanation)\b/i' }
    reply:
      - - text: ${LONG_TEXT}
          chunk: 14

  # Plan mode, by the word or by the permission mode; after the approval the work itself begins.
  - name: plan again
    match: { planMode: true, tool: ExitPlanMode, lastTool: { name: ExitPlanMode, error: true } }
    reply:
      - - text: I work your comment in and show the plan again.
        - tool:
            name: Write
            input:
              file_path: '{{planFile}}'
              content: |
                # Plan, second version

                You said: {{lastResult}}

                1. Read the project once more with that in mind
                2. Make the smallest change that does it
                3. Run the tests and report
        - tool: { name: ExitPlanMode, input: { plan: 'You said: {{lastResult}}. I make smaller steps.' } }
        - loop: true

  - name: plan
    match: { planMode: true, tool: ExitPlanMode, agent: main }
    reply:
      - - thinking: Plan mode, so nothing may change yet. I read what is there, write the plan and ask for a yes.
        - text: I look at the project before I plan.
        - tool: { name: Read, input: { file_path: '{{cwd}}/package.json' } }
      - - text: I write the plan down.
        - tool:
            name: Write
            input:
              file_path: '{{planFile}}'
              content: |
                # Plan

                For: {{prompt}}

                1. Read \`package.json\` and see how the tests run
                2. Make the change in one small file
                3. Run \`node --test\`

                | Step | Risk |
                | --- | --- |
                | Reading | none |
                | One new file | low; easy to undo |
                | Tests | none |
        - tool: { name: ExitPlanMode, input: { plan: 'Read the project, change one small file, run the tests.' } }
      - text: The plan stands as it is. Nothing was changed.

  - name: begin a plan
    match: { prompt: '/\bplan\b/i', tool: EnterPlanMode, turn: 1 }
    reply:
      - - text: This is worth a plan first.
        - tool: { name: EnterPlanMode, input: {} }

  - name: tests failed
    match: { agent: main, lastTool: { name: Bash, input: node --test, error: true, result: '/^Exit code/' } }
    reply:
      - text: |
          The tests do not pass:

          ~~~text
          {{lastResult}}
          ~~~

          I stop here and leave the change as it is, so that you can look at it.

  # The health endpoint.
  - name: health, found in place
    match: { prompt: '/\bhealth|\bendpoint/i', lastTool: { name: Read, result: health.mjs } }
    reply:
      - - text: The server has this route already. I only check that it works.
        - tool: { name: Bash, input: { command: node --test --test-reporter=spec, description: Run the tests } }

  - name: health, nothing to add
    match: { prompt: '/\bhealth|\bendpoint/i', lastTool: { name: Bash, input: test-reporter } }
    reply:
      - text: The health endpoint was there before and its tests pass. There was nothing to add.

  - name: health, server found
    match:
      prompt: '/\bhealth|\bendpoint/i'
      lastTool: { name: Bash, result: '/^(?:\.\/)?((?:src\/)?server\.[cm]?[jt]s)$/m' }
    reply:
      - - text: The server is in \`{{result.1}}\`. I read it.
        - tool: { name: Read, input: { file_path: '{{cwd}}/{{result.1}}' } }

  - name: health, server in src understood
    match:
      prompt: '/\bhealth|\bendpoint/i'
      lastTool:
        name: Read
        input: '/[/\\]src[/\\]+server\./'
        result: '/^\s*1[\t→](import .+)$[\s\S]*?^\s*\d+[\t→](.*createServer\((?:async )?\((\w+), (\w+)\) => \{)$/m'
    reply:
      - - thinking: It uses ES modules and one request handler. A route at its top, with the answer in a file of its own, is the smallest change.
        - text: I add the route at the top of the request handler.
        - &importEdit
          tool:
            name: Edit
            input:
              file_path: '{{lastInput.file_path}}'
              old_string: '{{result.1}}'
              new_string: |-
                {{result.1}}
                import { health } from './health.mjs';
        - &routeEdit
          tool:
            name: Edit
            input:
              file_path: '{{lastInput.file_path}}'
              old_string: '{{result.2}}'
              new_string: |-
                {{result.2}}
                  if ({{result.3}}.url === '/health') {
                    {{result.4}}.writeHead(200, { 'content-type': 'application/json' });
                    {{result.4}}.end(JSON.stringify(health()));
                    return;
                  }

  - name: health, server in the root understood
    match:
      prompt: '/\bhealth|\bendpoint/i'
      lastTool:
        name: Read
        result: '/^\s*1[\t→](import .+)$[\s\S]*?^\s*\d+[\t→](.*createServer\((?:async )?\((\w+), (\w+)\) => \{)$/m'
    reply:
      - - text: I add the route at the top of the request handler.
        - tool:
            name: Edit
            input:
              file_path: '{{lastInput.file_path}}'
              old_string: '{{result.1}}'
              new_string: |-
                {{result.1}}
                import { health } from './src/health.mjs';
        - *routeEdit

  - name: health
    match: { prompt: '/\bhealth|\bendpoint/i' }
    reply:
      - - thinking: |
            A health endpoint needs three things: what it answers, a route, and a test that fails when it breaks.
            First I want to see how this project is laid out.
        - text: I look at the project first, then I add the endpoint and a test for it.
        - tool: { name: TaskCreate, input: { subject: Look at the project, description: Find the server and the tests, activeForm: Looking at the project }, optional: true }
        - tool: { name: TaskCreate, input: { subject: Add the health endpoint, description: A small module with the answer, activeForm: Adding the endpoint }, optional: true }
        - tool: { name: TaskCreate, input: { subject: Test it, description: Run the test suite, activeForm: Testing }, optional: true }
        - tool:
            name: TodoWrite
            optional: true
            input:
              todos:
                - { content: Look at the project, status: in_progress, activeForm: Looking at the project }
                - { content: Add the health endpoint, status: pending, activeForm: Adding the endpoint }
                - { content: Test it, status: pending, activeForm: Testing }
        - &list
          tool: { name: Bash, input: { command: find . -maxdepth 2 -type f -not -path '*/node_modules/*' -not -path '*/.*', description: List the files } }
      - - text: Now the answer itself, in a module of its own.
        - tool: { name: TaskUpdate, input: { taskId: '{{task.1}}', status: completed }, optional: true }
        - tool: { name: TaskUpdate, input: { taskId: '{{task.2}}', status: in_progress }, optional: true }
        - tool:
            name: Write
            input:
              file_path: '{{cwd}}/src/health.mjs'
              content: |
                const started = Date.now();

                /** What GET /health answers. */
                export function health(now = Date.now()) {
                  return { status: 'ok', uptimeSeconds: Math.floor((now - started) / 1000) };
                }
      - - text: And a test that fails when the answer changes.
        - tool:
            name: Write
            input:
              file_path: '{{cwd}}/test/health.test.mjs'
              content: |
                import assert from 'node:assert/strict';
                import { test } from 'node:test';
                import { health } from '../src/health.mjs';

                test('says ok and counts the seconds since the start', () => {
                  const first = health();
                  assert.equal(first.status, 'ok');
                  assert.equal(health(Date.now() + 5000).uptimeSeconds >= 5, true);
                });
      - - text: Now I run the tests.
        - tool: { name: TaskUpdate, input: { taskId: '{{task.2}}', status: completed }, optional: true }
        - tool: { name: TaskUpdate, input: { taskId: '{{task.3}}', status: in_progress }, optional: true }
        - tool: { name: Bash, input: { command: node --test, description: Run the tests } }
      - - tool: { name: TaskUpdate, input: { taskId: '{{task.3}}', status: completed }, optional: true }
        - tool:
            name: TodoWrite
            optional: true
            input:
              todos:
                - { content: Look at the project, status: completed, activeForm: Looking at the project }
                - { content: Add the health endpoint, status: completed, activeForm: Adding the endpoint }
                - { content: Test it, status: completed, activeForm: Testing }
      - text: |
          The health endpoint is there and tested.

          | File | What it does |
          | --- | --- |
          | \`src/health.mjs\` | the answer: status and seconds since the start |
          | \`test/health.test.mjs\` | fails when the answer changes |

          It answers like this:

          \`\`\`json
          { "status": "ok", "uptimeSeconds": 42 }
          \`\`\`

          - \`health()\` is what \`GET /health\` answers.
          - The tests ran with \`node --test\`, and passed.

  # Any other prompt.
  - name: anything else
    reply:
      - - thinking: |
            I am asked: {{prompt}}
            I do not know this project yet, so I look at it before I say or change anything.
        - text: I look at the project first.
        - tool: { name: TaskCreate, input: { subject: Read the project, description: See what is there, activeForm: Reading }, optional: true }
        - tool: { name: TaskCreate, input: { subject: Write notes, description: Keep what I found, activeForm: Writing notes }, optional: true }
        - *list
        - tool: { name: Read, input: { file_path: '{{cwd}}/package.json' } }
      - - thinking: That is enough to write down what I found. Notes in a file are easy to review and easy to undo.
        - text: I write down what I found.
        - tool: { name: TaskUpdate, input: { taskId: '{{task.1}}', status: completed }, optional: true }
        - tool: { name: TaskUpdate, input: { taskId: '{{task.2}}', status: in_progress }, optional: true }
        - tool:
            name: Write
            input:
              file_path: '{{cwd}}/NOTES.md'
              content: |
                # Notes

                Asked: {{prompt}}

                - The project is described in \`package.json\`.
                - Its tests run with \`node --test\`.
      - - text: I run the tests, to know that all is well.
        - tool: { name: TaskUpdate, input: { taskId: '{{task.2}}', status: completed }, optional: true }
        - tool: { name: Bash, input: { command: node --test, description: Run the tests } }
      - text: |
          Done. This was a rehearsal: the model follows a script, but every tool call was real.

          | Step | Outcome |
          | --- | --- |
          | Read the project | done |
          | \`NOTES.md\` | written |
          | \`node --test\` | run |

          The tests said:

          \`\`\`text
          {{lastResult}}
          \`\`\`
`;

/** The story that `npm start` plays without an account: it works in any folder, best in a small Node project. */
export function demoScenario(): Scenario {
  return parseScenario(DEMO, 'demo');
}
