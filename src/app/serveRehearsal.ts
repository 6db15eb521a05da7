interface ServedRehearsal {
  /** Such as http://127.0.0.1:41234. */
  readonly address: string;
  /** What to put over the environment of Claude Code, so that it talks to this server and to nothing else. */
  readonly environment: Readonly<Record<string, string>>;
  dispose(): Promise<void>;
}

/**
 * Serves the rehearsal model on the loopback address, for as long as the surface wants. Without a scenario it plays the demo.
 * @throws RehearsalError for a scenario that cannot be used, or a port that is taken.
 */
export async function serveRehearsal(options: {
  readonly scenario?: { readonly text: string; readonly fileName: string };
  readonly port?: number;
}): Promise<ServedRehearsal> {
  const [{ startRehearsalServer }, { parseScenario }] = await Promise.all([
    import('../adapters/rehearsal/rehearsalServer.ts'),
    import('../adapters/rehearsal/scenario.ts'),
  ]);
  const { scenario, port } = options;
  return startRehearsalServer({
    ...(scenario === undefined ? {} : { scenario: parseScenario(scenario.text, scenario.fileName) }),
    ...(port === undefined ? {} : { port }),
  });
}
