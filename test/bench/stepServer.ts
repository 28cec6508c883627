import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { responseEvents } from '../support/scriptedEvents';
import { functionCall, message, respond } from '../support/scriptedServer';

/** A model that asks for one command after the other, and takes the time between. */
export interface StepServer {
  /** Ends in `/v1`. */
  readonly baseUrl: string;
  /** When each request came, as `performance.now()`. */
  readonly arrivals: readonly number[];
  /** From the last byte of each response to the next request, in milliseconds. */
  readonly gapsMs: readonly number[];
  close(): void;
}

/** What the model asks for. */
export interface StepJob {
  readonly steps: number;
  /** The command of each step, from 1; `echo` where absent. */
  readonly command?: (step: number) => string;
  /** Milliseconds the model takes before it answers; none where absent. They do not count. */
  readonly thinkMs?: number;
}

/**
 * Starts a model that ends the turn after the job's steps. `onRequest` hears the number of each request, from 1, when
 * it came; what it does delays the answer and is in no gap.
 */
export async function startStepServer(
  job: StepJob,
  onRequest: (number: number) => void = () => {},
): Promise<StepServer> {
  const arrivals: number[] = [];
  const gapsMs: number[] = [];
  let lastByteAt: number | undefined;
  const server = createServer((request, response) => {
    const arrivedAt = performance.now();
    if (request.method !== 'POST' || request.url !== '/v1/responses') {
      response.writeHead(404).end('{}');
      return;
    }
    if (lastByteAt !== undefined) gapsMs.push(arrivedAt - lastByteAt);
    const number = arrivals.push(arrivedAt);
    onRequest(number);
    const answer = () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(responseText(number, job), () => {
        lastByteAt = performance.now();
      });
    };
    request.resume().once('end', () => setTimeout(answer, job.thinkMs ?? 0));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    arrivals,
    gapsMs,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const echo = (step: number) => `echo ${step}`;

/** The whole body of response `number`, which counts from 1. */
function responseText(number: number, { steps, command = echo }: StepJob): string {
  const output =
    number <= steps
      ? functionCall('exec_command', { cmd: command(number) })
      : message('Done.', { phase: 'final_answer' });
  return responseEvents(respond(output), number)
    .map((event, index) => {
      const data = JSON.stringify({ ...event, sequence_number: index });
      return `event: ${event.type}\ndata: ${data}\n\n`;
    })
    .join('');
}
