import type { HostConnection } from './hostConnection.ts';

/** Tells the extension's log what goes wrong in the view: errors, and whatever the content policy stops. */
export function watchForProblems(host: HostConnection): void {
  window.addEventListener('error', event => host.reportProblem(`${event.message} (${event.filename}:${event.lineno})`));
  window.addEventListener('unhandledrejection', event => host.reportProblem(`Not handled: ${String(event.reason)}`));
  document.addEventListener('securitypolicyviolation', event =>
    host.reportProblem(
      `The content policy stopped ${event.violatedDirective} ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`,
    ),
  );
}
