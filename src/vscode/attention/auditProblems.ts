import path from 'node:path';
import * as vscode from 'vscode';
import type { PanelServices } from '../../app/panelServices.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { ChainRun } from '../../core/chains/chainRun.ts';
import { findingsOf, isAudit, type PlacedFinding, placedFindings } from './auditDiagnostics.ts';

/** The newest audit is looked for among so many chains. */
const LOOKED_THROUGH = 50;
const SOURCE = 'Claude audit';

const SEVERITIES: Readonly<Record<PlacedFinding['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** What the newest audit found, in the Problems panel. A new run of it begins with none. */
export class AuditProblems implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #collection = this.#owned.add(vscode.languages.createDiagnosticCollection('claude-audit'));
  readonly #ofServices = new DisposableStore();
  #shown: { readonly id: string; readonly command: string; readonly created: number } | undefined;

  follow(services: PanelServices | undefined): void {
    this.#ofServices.clear();
    if (services === undefined) {
      return;
    }
    const newest = services.log.chains.list({ limit: LOOKED_THROUGH }).find(isAudit);
    if (newest !== undefined) {
      this.#take(newest);
    }
    this.#ofServices.add(services.log.onDidCommit(({ chains }) => chains.forEach(run => void this.#take(run))));
  }

  dispose(): void {
    this.#ofServices.dispose();
    this.#owned.dispose();
  }

  #take(run: ChainRun): void {
    const { id, created, command } = run;
    const isNewer = this.#shown === undefined || created >= this.#shown.created;
    const isAgain = this.#shown?.command === command.fullName;
    if (isNewer && (isAgain || isAudit(run))) {
      this.#shown = { id, command: command.fullName, created };
      this.#show(run);
    }
  }

  #show(run: ChainRun): void {
    const byFile = new Map<string, vscode.Diagnostic[]>();
    for (const { file, line, severity, message, rule } of placedFindings(findingsOf(run))) {
      const diagnostic = new vscode.Diagnostic(
        new vscode.Range(line, 0, line, Number.MAX_SAFE_INTEGER),
        message,
        SEVERITIES[severity],
      );
      diagnostic.source = SOURCE;
      if (rule !== undefined) {
        diagnostic.code = rule;
      }
      const known = byFile.get(file);
      if (known === undefined) {
        byFile.set(file, [diagnostic]);
      } else {
        known.push(diagnostic);
      }
    }
    this.#collection.clear();
    for (const [file, diagnostics] of byFile) {
      this.#collection.set(vscode.Uri.file(path.join(run.cwd, file)), diagnostics);
    }
  }
}
