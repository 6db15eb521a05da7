const vscode = require('vscode');

const PANEL = 'claude-control-panel.claude-control-panel';

exports.activate = async () => {
  const contributed = vscode.extensions.getExtension(PANEL)?.packageJSON.contributes;
  const container = contributed?.viewsContainers?.activitybar?.[0]?.id;
  if (container) await vscode.commands.executeCommand(`workbench.view.extension.${container}`);
};
