import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createHttpApp, type HttpParts } from './create-http-app.ts';
import { inTurn } from './in-turn.ts';

/** The app as a listener of Node's own server, so that Socket.IO can share that server. */
export const createHttpListener = (parts: HttpParts): RequestListener => {
  const listener = getRequestListener(createHttpApp(parts).fetch, { overrideGlobalObjects: false });
  // Never rejects: Hono answers what a handler throws.
  return inTurn((request, response) => void listener(request, response), parts.platform.metrics);
};
