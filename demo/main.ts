// The scripted demo model: a Responses API server that does the sample workspace's tasks and nothing else.
// Prints its base URL. A parent that started it with an IPC channel takes it along when it ends.
import { startDemoServer } from './server';

process.on('disconnect', () => process.exit(0));

const fast = process.env['TANDEM_DEMO_FAST'] === '1';

startDemoServer({ paceMs: fast ? 0 : 20 })
  .then(({ url }) => {
    console.log(url);
    process.send?.({ url });
  })
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
