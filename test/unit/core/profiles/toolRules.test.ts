import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TOOL_RULE } from '../../../../src/core/profiles/profileSchema.ts';
import { parseToolRule, ruleBreadth } from '../../../../src/core/profiles/toolRules.ts';

describe('ruleBreadth', () => {
  it.each([
    '*',
    'Bash',
    'bash',
    'Bash(*)',
    'Bash(:*)',
    'Bash( * )',
    'Bash(**)',
    'Bash(* install)',
    'Bash(bash *)',
    'Bash(bash:*)',
    'Bash(/bin/sh -c *)',
    'Bash(sudo *)',
    'Bash(sudo bash *)',
    'Bash(env A=1 *)',
    'Bash(python3 -c *)',
    'Bash(node -e*)',
    'Bash(ba*)',
    'Bash(npx *)',
    'PowerShell',
    'PowerShell(*)',
    'B*',
  ])('sees that %s lets any command run', rule => {
    expect(ruleBreadth(rule)).toBe('commands');
  });

  it.each([
    'Edit',
    'Write',
    'NotebookEdit',
    'MultiEdit',
    'Edit(*)',
    'Write(**)',
    'Edit(/**)',
    'Edit(~/**)',
    'Write(./**)',
  ])('sees that %s lets any file be changed', rule => {
    expect(ruleBreadth(rule)).toBe('edits');
  });

  it.each([
    'Bash(npm test)',
    'Bash(npm test *)',
    'Bash(npm run lint:*)',
    'Bash(npx vitest *)',
    'Bash(git status)',
    'Bash(git *)',
    'Bash(python scripts/check.py *)',
    'Edit(src/**)',
    'Read',
    'Read(**)',
    'WebFetch(domain:example.com)',
    'mcp__github',
    'mcp__github__*',
  ])('sees that %s is narrower', rule => {
    expect(ruleBreadth(rule)).toBe('narrow');
  });
});

describe('the form of a rule', () => {
  it.each([
    'Edit Bash',
    'Bash(a), Bash(*)',
    'Bash(a) Bash(*)',
    'Bash(a)Bash',
    'Edit,Bash',
    '--dangerously',
    'Bash(',
    'Bash()',
    '',
    'Bash(a\nb)',
  ])('refuses %j, which could be taken for something else', rule => {
    expect(TOOL_RULE.test(rule)).toBe(false);
  });

  it('reads a rule of the right form back as the tool and its content', () => {
    const tool = fc.stringMatching(/^[A-Z][a-z]{1,10}$/);
    const content = fc.stringMatching(/^[a-z *:./-]{1,20}$/);
    fc.assert(
      fc.property(tool, content, (name, inside) => {
        const rule = `${name}(${inside})`;
        expect(TOOL_RULE.test(rule)).toBe(true);
        expect(parseToolRule(rule)).toEqual({ tool: name, content: inside });
      }),
    );
  });
});
