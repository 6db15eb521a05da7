import * as vscode from 'vscode';
import type { CommandFault } from '../../core/catalog/catalogFaults.ts';

/** One fault in the Problems panel: at its place, to the end of the line. */
export function faultDiagnostic({ place, reason, message, detail, remedy }: CommandFault): vscode.Diagnostic {
  const start = new vscode.Position((place.line ?? 1) - 1, (place.column ?? 1) - 1);
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  const diagnostic = new vscode.Diagnostic(
    new vscode.Range(start, start.with({ character: Number.MAX_SAFE_INTEGER })),
    [sentence, detail, remedy].filter(text => text !== undefined).join('\n'),
    vscode.DiagnosticSeverity.Error,
  );
  diagnostic.source = 'Claude';
  diagnostic.code = reason;
  return diagnostic;
}
