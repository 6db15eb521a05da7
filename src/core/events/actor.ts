/** Who did something: a person at a surface, or the product itself for a stated reason. */
export interface Actor {
  readonly surface: 'panel' | 'notification' | 'palette' | 'statusBar' | 'editor' | 'commandLine' | 'product';
  /** The operating-system user for a person; the part of the product otherwise, such as `deadline`. */
  readonly name: string;
  readonly hostId: string;
}

const PLACES: Record<Actor['surface'], string> = {
  panel: 'in the panel',
  notification: 'from a notification',
  palette: 'from the palette',
  statusBar: 'from the status bar',
  editor: 'in an editor',
  commandLine: 'on the command line',
  product: 'by the control panel',
};

/** Such as "ada, on the command line". */
export function describeActor(actor: Actor): string {
  return `${actor.name}, ${PLACES[actor.surface]}`;
}
