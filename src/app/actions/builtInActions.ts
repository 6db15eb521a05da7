import type { Clock } from '../../base/clock.ts';
import type { ProfileService } from '../profileService.ts';
import { checkAgentAction, writeAgentAction } from './agents/agentActions.ts';
import { dependencyAuditAction } from './audit/dependencyAuditAction.ts';
import { findingsReportAction } from './audit/findingsReportAction.ts';
import { secretScanAction } from './audit/secretScanAction.ts';
import { godModeGrantsAction } from './godModeGrantsAction.ts';
import type { PanelAction } from './panelAction.ts';
import { saveDocumentAction } from './saveDocumentAction.ts';

interface Parts {
  readonly clock: Clock;
  readonly profiles: Pick<ProfileService, 'find'>;
}

/** What the panel itself can do in a command. */
export function builtInActions({ clock, profiles }: Parts): PanelAction[] {
  return [
    dependencyAuditAction,
    secretScanAction,
    findingsReportAction({ clock }),
    checkAgentAction,
    writeAgentAction,
    saveDocumentAction({ clock }),
    godModeGrantsAction({ findProfile: (name, cwd) => profiles.find(name, cwd) }),
  ];
}
