import { documentIn } from '../../app/actions/panelDocument.ts';
import type { JsonValue } from '../../base/json.ts';
import type { ChainRun } from '../../core/chains/chainRun.ts';
import { stepsOf } from '../../core/chains/graph.ts';
import { oneLine, plainText } from '../terminal/plainText.ts';

/** What came of a chain, for a person: text, a summary, or a document, of each step that nothing else follows. */
export function chainResult(run: ChainRun): readonly string[] {
  const steps = stepsOf(run.command);
  const followed = new Set(steps.flatMap(({ needs }) => needs));
  return steps
    .filter(step => !followed.has(step.id) && !('approve' in step))
    .flatMap(({ id }) => {
      const status = run.steps[id];
      return status?.state === 'succeeded' ? outputLines(status.output) : [];
    });
}

function outputLines(output: JsonValue): readonly string[] {
  if (typeof output === 'string') {
    return output.trim() === '' ? [] : ['', ...plainText(output.trim()).split('\n'), ''];
  }
  if (output === null || typeof output !== 'object' || Array.isArray(output)) {
    return [];
  }
  const document = documentIn(output);
  const { text, summary } = output;
  return [
    ...(document !== undefined && typeof text === 'string' ? outputLines(text) : []),
    ...(typeof summary === 'string' ? [oneLine(summary)] : []),
    ...(document === undefined ? [] : [`Document: ${document.document}`]),
  ];
}
