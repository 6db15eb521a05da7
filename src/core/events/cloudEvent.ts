/** What happened, before it is put into an envelope. */
export interface Fact<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}

/**
 * An event of the log, in the form of CloudEvents 1.0 (https://github.com/cloudevents/spec), JSON format.
 * `seq` is an extension attribute: the position in this workspace's log, without gaps.
 */
export interface LogEvent<F extends Fact = Fact> {
  readonly specversion: '1.0';
  readonly id: string;
  /** Which program wrote it, such as `/claude-panel/vscode/4321`. */
  readonly source: string;
  readonly type: F['type'];
  /** The task or other thing that it is about. */
  readonly subject: string;
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: F['data'];
  /** W3C trace context (CloudEvents distributed tracing extension). */
  readonly traceparent?: string;
  readonly seq: number;
}
