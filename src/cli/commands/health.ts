import { EXIT } from '../../app/following/exitCode.ts';
import type { HealthCheck } from '../../app/health.ts';
import type { CommandAction } from '../commandSpec.ts';
import { withPanel } from '../panelSession.ts';
import type { Colour } from '../terminal/palette.ts';
import { oneLine } from '../terminal/plainText.ts';

const COLOURS: Record<HealthCheck['level'], Colour> = { ok: 'green', warning: 'yellow', error: 'red' };
const MARKS: Record<HealthCheck['level'], string> = { ok: '✓', warning: '!', error: '✗' };

/** What was checked, with reasons and remedies. Fails when something is wrong; a warning is not. */
export const health: CommandAction = (context, given) =>
  withPanel(context, given, { runsTasks: false }, async panel => {
    await panel.start();
    await panel.refreshHealth({ wholeFile: true });
    const { terminal } = context;
    const checks = panel.health();
    if (given.flag('json')) {
      terminal.line(
        JSON.stringify(
          checks.map(({ command: _command, ...check }) => check),
          undefined,
          2,
        ),
      );
    } else {
      for (const { level, text, remedy } of checks) {
        terminal.line(`${terminal.paint(COLOURS[level], MARKS[level])} ${oneLine(text)}`);
        if (remedy !== undefined) {
          terminal.line(`  ${oneLine(remedy)}`);
        }
      }
    }
    return checks.some(check => check.level === 'error') ? EXIT.failed : EXIT.succeeded;
  });
