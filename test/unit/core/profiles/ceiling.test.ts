import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askingForAll, type Revealed, underCeiling } from '../../../../src/core/profiles/ceiling.ts';
import { ruleBreadth } from '../../../../src/core/profiles/toolRules.ts';

const revealed: fc.Arbitrary<Revealed> = fc.record({ acceptEdits: fc.boolean(), auto: fc.boolean() });
const wish = fc.record({
  permissionMode: fc.constantFrom('default', 'acceptEdits', 'plan', 'dontAsk', 'auto'),
  allowedTools: fc.array(
    fc.constantFrom(
      'Bash',
      'Bash(*)',
      'Bash(sh *)',
      'Edit',
      'Write(**)',
      'Bash(npm test *)',
      'Edit(src/**)',
      'Read',
      '*',
    ),
  ),
});

describe('underCeiling', () => {
  it('gives a mode only when the user reveals it', () => {
    fc.assert(
      fc.property(wish, revealed, (wanted, ceiling) => {
        const { permissionMode } = underCeiling(wanted, ceiling);
        expect(permissionMode === 'acceptEdits' && !ceiling.acceptEdits).toBe(false);
        expect(permissionMode === 'auto' && !ceiling.auto).toBe(false);
        expect([wanted.permissionMode, 'default']).toContain(permissionMode);
      }),
    );
  });

  it('gives no rule that amounts to a mode which the user does not reveal', () => {
    fc.assert(
      fc.property(wish, revealed, (wanted, ceiling) => {
        for (const rule of underCeiling(wanted, ceiling).allowedTools) {
          expect(wanted.allowedTools).toContain(rule);
          expect(ruleBreadth(rule) === 'commands' && !ceiling.auto).toBe(false);
          expect(ruleBreadth(rule) === 'edits' && !ceiling.acceptEdits && !ceiling.auto).toBe(false);
        }
      }),
    );
  });

  it('changes nothing more the second time, and says each thing that it took away', () => {
    fc.assert(
      fc.property(wish, revealed, (wanted, ceiling) => {
        const once = underCeiling(wanted, ceiling);
        const twice = underCeiling(once, ceiling);
        expect({ ...twice, notes: [] }).toEqual({ ...once, notes: [] });
        expect(twice.notes).toEqual([]);
        const taken =
          wanted.allowedTools.length -
          once.allowedTools.length +
          (once.permissionMode === wanted.permissionMode ? 0 : 1);
        expect(once.notes).toHaveLength(taken);
      }),
    );
  });

  it('gives everything that was wished when the user reveals everything', () => {
    fc.assert(
      fc.property(wish, wanted => {
        expect(underCeiling(wanted, { acceptEdits: true, auto: true })).toEqual({ ...wanted, notes: [] });
      }),
    );
  });
});

describe('askingForAll', () => {
  it('gives no rule and no mode that would skip a question', () => {
    fc.assert(
      fc.property(wish, wanted => {
        const { permissionMode, allowedTools } = askingForAll(wanted);
        expect(allowedTools).toEqual([]);
        expect(['default', 'plan', 'dontAsk']).toContain(permissionMode);
      }),
    );
  });
});
