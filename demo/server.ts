import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { answer } from './answer';
import type { ModelRequest } from './conversation';
import { responseEvents } from './responseStream';

/** `paceMs` is the pause after each delta, in milliseconds. */
export interface DemoServerOptions {
  readonly paceMs: number;
}

/** A server that answers `POST /v1/responses` as a script says; listens on this machine only. */
export async function startDemoServer(
  options: DemoServerOptions,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    handle(request, response, options).catch((error: unknown) => {
      if (!response.headersSent) refuse(response, 400, String(error));
      else response.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/v1`, server };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  { paceMs }: DemoServerOptions,
): Promise<void> {
  if (request.method !== 'POST' || request.url !== '/v1/responses') {
    refuse(response, 404, `The demo model has no ${request.method} ${request.url}.`);
    return;
  }
  const asked = await readRequest(request);
  if (!asked) {
    refuse(response, 400, 'The request is no JSON with a list called input.');
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  let sequence = 0;
  for (const event of responseEvents(asked, answer(asked))) {
    // The client may stop listening at any moment, as when a person presses Stop.
    if (response.destroyed) return;
    const data = JSON.stringify({ ...event, sequence_number: sequence++ });
    response.write(`event: ${event.type}\ndata: ${data}\n\n`);
    if (event.type.endsWith('.delta')) await delay(paceMs);
  }
  response.end();
}

async function readRequest(request: IncomingMessage): Promise<ModelRequest | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    const body = JSON.parse(Buffer.concat(chunks).toString()) as ModelRequest | null;
    return Array.isArray(body?.input) ? body : undefined;
  } catch {
    return undefined;
  }
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message, type: 'invalid_request_error', code: null } }));
}
