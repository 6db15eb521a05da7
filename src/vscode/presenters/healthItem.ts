import type { HealthCheck } from '../../app/health.ts';
import { visibleText } from '../../base/visibleText.ts';
import type { HealthItem } from '../../protocol/panelView.ts';

export function presentHealth(check: HealthCheck): HealthItem {
  const { id, level, text, remedy, command } = check;
  return {
    id,
    level,
    text: visibleText(text),
    ...(remedy === undefined ? {} : { remedy: visibleText(remedy) }),
    ...(command === undefined ? {} : { command }),
  };
}

/** The worst level of all checks. */
export function worstLevel(items: readonly Pick<HealthItem, 'level'>[]): HealthItem['level'] {
  if (items.some(({ level }) => level === 'error')) {
    return 'error';
  }
  return items.some(({ level }) => level === 'warning') ? 'warning' : 'ok';
}
