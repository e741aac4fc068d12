import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/** What every request carries through the app. */
export interface AppEnv {
  /** Node's own request, for the peer's address. */
  Bindings: HttpBindings;
  Variables: { requestId: string };
}

export type AppContext = Context<AppEnv>;
