/*
 * A window without VS Code: it works on the tasks and chains of a folder until it is killed, or its input ends.
 * Arguments: the folder, the program of Claude Code.
 */
import { createPanelServices } from '../../../../src/app/createPanelServices.ts';
import { SETTINGS } from '../../../fixtures/panelSettings.ts';

const [folder = '', claudePath = ''] = process.argv.slice(2);

const services = await createPanelServices({
  folder,
  surface: 'VS Code window',
  takesQueued: () => true,
  settings: () => ({ ...SETTINGS, claudePath }),
  log: (level, text) => void process.stderr.write(`${level} ${text}\n`),
  environment: process.env,
  userName: 'ada',
});
await services.start();
process.stdout.write('ready\n');
process.stdin.resume();
process.stdin.once('end', () => {
  void services.suspend(10_000).then(() => {
    services.dispose();
    process.exit(0);
  });
});
