import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillJson, fillText } from '../../../../src/adapters/rehearsal/placeholders.ts';
import { anyText } from '../../anyText.ts';

const values: Record<string, string> = { prompt: 'say "hi"\n{{cwd}} $& $1', cwd: '/home/ann', 'capture.1': 'one' };
const value = (name: string, key: string | undefined): string | undefined =>
  values[key === undefined ? name : `${name}.${key}`];

describe('a placeholder', () => {
  it('is replaced by its value', () => {
    expect(fillText('in {{cwd}}: {{ capture.1 }}', value)).toBe('in /home/ann: one');
  });

  it('is replaced once: a value is data, whatever it looks like', () => {
    expect(fillText('{{prompt}}', value)).toBe('say "hi"\n{{cwd}} $& $1');
  });

  it('stays as it is when it is not known', () => {
    expect(fillText('{{ count }} and {{capture.2}}', value)).toBe('{{ count }} and {{capture.2}}');
  });

  it('is filled in all strings of a value, and nowhere else', () => {
    expect(fillJson({ a: ['{{cwd}}', 1, null, true], b: { c: '{{cwd}}' } }, value)).toEqual({
      a: ['/home/ann', 1, null, true],
      b: { c: '/home/ann' },
    });
  });

  it('keeps JSON valid for any value', () => {
    fc.assert(
      fc.property(anyText(), any => {
        const filled = fillJson({ command: 'echo {{prompt}}' }, () => any);
        expect(JSON.parse(JSON.stringify(filled))).toEqual({ command: `echo ${any}` });
      }),
    );
  });
});
