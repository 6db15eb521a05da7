import { expect, it } from 'vitest';
import { chainResult } from '../../../../src/cli/progress/chainResult.ts';
import type { ChainRun } from '../../../../src/core/chains/chainRun.ts';

function run(outputs: Readonly<Record<string, unknown>>): ChainRun {
  const steps = [
    { id: 'first', action: 'a', needs: [] },
    { id: 'gate', approve: 'Sure?', needs: ['first'] },
    { id: 'last', action: 'b', needs: ['first'] },
  ];
  const states = Object.entries(outputs).map(([id, output]) => [id, { state: 'succeeded', output }]);
  return { command: { body: { kind: 'steps', steps } }, steps: Object.fromEntries(states) } as unknown as ChainRun;
}

it('tells what the last steps gave: text, a summary, the document', () => {
  const document = '.claude-panel/reports/a.md';
  expect(chainResult(run({ first: 'before', last: 'one\ntwo\u001b[2J' }))).toEqual(['', 'one', 'two⟨U+001B⟩[2J', '']);
  expect(chainResult(run({ last: { document, documentTitle: 'A', summary: '1 high', findings: [] } }))).toEqual([
    '1 high',
    `Document: ${document}`,
  ]);
  expect(chainResult(run({ last: { document, documentTitle: 'A', text: 'Words.' } }))).toContain('Words.');
});

it('tells nothing of gates, data, or steps that did not end well', () => {
  expect(chainResult(run({ gate: { by: 'ada', message: 'hm' }, last: { a: 1 } }))).toEqual([]);
  expect(chainResult(run({}))).toEqual([]);
});
