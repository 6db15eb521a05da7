import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startNavigation, withFollowUp } from '../../../../src/webview/state/navigation.ts';
import { navigationToSave, readNavigation } from '../../../../src/webview/state/savedNavigation.ts';

describe('saved navigation', () => {
  it('comes back as it was', () => {
    const navigation = {
      ...startNavigation,
      openTaskId: 'a',
      draft: 'half a thought',
      follow: false,
      tab: 'tools' as const,
    };
    expect(readNavigation(structuredClone(navigationToSave(navigation)))).toEqual(navigation);
  });

  it('starts afresh from anything that it cannot read', () => {
    fc.assert(
      fc.property(fc.anything(), saved => {
        expect(readNavigation(saved)).toEqual(startNavigation);
      }),
    );
    expect(readNavigation({ version: 2, draft: 'x' })).toEqual(startNavigation);
    expect(readNavigation({ version: 1, tab: 'nonsense', draft: 'x' })).toEqual(startNavigation);
  });

  it('holds nothing but where the person is and what they wrote', () => {
    expect(Object.keys(navigationToSave(startNavigation) as object).sort()).toEqual(
      ['version', ...Object.keys(startNavigation)].sort(),
    );
  });

  it('keeps the drafts of the last tasks only, and no empty ones', () => {
    let navigation = startNavigation;
    for (let each = 0; each < 30; each++) {
      navigation = withFollowUp(navigation, `t${each}`, 'x');
    }
    navigation = withFollowUp(navigation, 't29', '');
    expect(Object.keys(navigation.followUps)).toHaveLength(19);
    expect(navigation.followUps['t28']).toBe('x');
  });
});
