// Serves the rehearsal model in a process of its own, so that a benchmark does not measure it as well.
import { startRehearsalServer } from '../src/adapters/rehearsal/rehearsalServer.ts';

const server = await startRehearsalServer();
process.send?.(server.environment);
process.once('disconnect', () => void server.dispose());
