import type { Clock } from '../../base/clock.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';
import type { BackupService } from '../backup/backupService.ts';
import type { HealthMonitor } from '../healthMonitor.ts';
import type { ProfileService } from '../profileService.ts';
import type { UndoService } from '../undo/undoService.ts';
import { checkAgentAction, writeAgentAction } from './agents/agentActions.ts';
import { dependencyAuditAction } from './audit/dependencyAuditAction.ts';
import { findingsReportAction } from './audit/findingsReportAction.ts';
import { mergeFindingsAction } from './audit/mergeFindingsAction.ts';
import { secretScanAction } from './audit/secretScanAction.ts';
import { backupAction } from './backupAction.ts';
import { godModeGrantsAction } from './godModeGrantsAction.ts';
import { healthStatusAction } from './healthStatusAction.ts';
import type { PanelAction } from './panelAction.ts';
import { saveDocumentAction } from './saveDocumentAction.ts';
import { standupFactsAction } from './standup/standupFactsAction.ts';
import { undoAction, undoPlanAction } from './undo/undoActions.ts';

interface Parts {
  readonly clock: Clock;
  readonly profiles: Pick<ProfileService, 'find'>;
  readonly log: Pick<PanelLog, 'tasks' | 'approvals'>;
  readonly backups: Pick<BackupService, 'make'>;
  readonly undo: Pick<UndoService, 'list' | 'last' | 'plan' | 'apply'>;
  readonly health: Pick<HealthMonitor, 'refresh' | 'checks'>;
}

/** What the panel itself can do in a command. */
export function builtInActions({ clock, profiles, log, backups, undo, health }: Parts): PanelAction[] {
  return [
    dependencyAuditAction,
    secretScanAction,
    mergeFindingsAction,
    findingsReportAction({ clock }),
    checkAgentAction,
    writeAgentAction,
    saveDocumentAction({ clock }),
    standupFactsAction({ clock, log }),
    backupAction({ backups }),
    undoPlanAction({ undo }),
    undoAction({ undo }),
    healthStatusAction({
      clock,
      refresh: () => health.refresh({ wholeFile: true }),
      checks: () => health.checks(),
    }),
    godModeGrantsAction({ findProfile: (name, cwd) => profiles.find(name, cwd) }),
  ];
}
