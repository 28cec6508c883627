import { makeSandboxDesk } from '../sandboxed';
import { localDialing, startSite } from './proxyClient';

/**
 * Runs one confined command with a network as whoever this process is, beside a site called `ok.com` at `$PORT`, and
 * prints what came of it as JSON. Its arguments are the bundled holder and the command.
 */
async function main(holder: string, command: string): Promise<void> {
  const site = await startSite((_request, response) => response.end('the answer'));
  const desk = makeSandboxDesk({
    network: { node: process.execPath, holder, dialing: localDialing },
    env: { PORT: String(site.port) },
  });
  const unavailable: string[] = [];
  const outcome = await desk.run(command, {
    network: {
      allowedDomains: [`ok.com:${site.port}`],
      onUnavailable: (reason) => unavailable.push(reason),
    },
  });
  process.stdout.write(JSON.stringify({ ...outcome, unavailable }));
  await desk.dispose();
  await site.close();
}

void main(process.argv[2] ?? '', process.argv[3] ?? '');
