import * as vscode from 'vscode';
import type { PanelSettings } from '../../app/panelServices.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { Emitter } from '../../base/event.ts';
import type { SettingName } from '../contributions/settings.ts';
import { type NotificationSetting, readDefaultProfile, readNotifications, readPanelSettings } from './readSettings.ts';

const SECTION = 'claudePanel';

/** The settings of this user, always as they are now. */
export class UserSettings implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new Emitter<void>());
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration(SECTION)) {
          this.#changed.fire();
        }
      }),
    );
  }

  panel(): PanelSettings {
    return readPanelSettings(inspect, process.env);
  }

  notifications(): NotificationSetting {
    return readNotifications(inspect);
  }

  defaultProfile(): string | undefined {
    return readDefaultProfile(inspect, vscode.workspace.isTrusted);
  }

  /** Writes into the user's own settings; `undefined` removes the value. */
  async update(name: SettingName, value: string | boolean | undefined): Promise<void> {
    await vscode.workspace.getConfiguration(SECTION).update(name, value, vscode.ConfigurationTarget.Global);
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

function inspect(name: SettingName): ReturnType<vscode.WorkspaceConfiguration['inspect']> {
  return vscode.workspace.getConfiguration(SECTION).inspect(name);
}
