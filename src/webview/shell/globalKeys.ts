/** What a key means anywhere in the panel, where nothing nearer took it. */
export type GlobalKey = 'write' | 'nextRequest' | 'previousRequest' | 'back' | 'keys' | 'rename';

interface Key {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

export function globalKey(event: Key, inField: boolean): GlobalKey | undefined {
  if (event.ctrlKey || event.metaKey) {
    return undefined;
  }
  if (event.key === 'Escape') {
    return event.altKey ? undefined : 'back';
  }
  if (inField) {
    // Alt with an arrow moves the caret on some systems.
    return undefined;
  }
  if (event.altKey) {
    return event.key === 'ArrowDown' ? 'nextRequest' : event.key === 'ArrowUp' ? 'previousRequest' : undefined;
  }
  switch (event.key) {
    case '/':
      return 'write';
    case '?':
      return 'keys';
    case 'F2':
      return 'rename';
    default:
      return undefined;
  }
}

/** Whether letters typed there are text. */
export function isField(target: EventTarget | undefined): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio') ||
    (target instanceof HTMLElement && target.getAttribute('role') === 'combobox')
  );
}
