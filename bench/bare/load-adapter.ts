import type { Adapter } from '../../load/adapter.ts';
import { bareDialect } from '../../load/generator/dialects/bare.ts';

/** `npm run load -- --adapter bench/bare/load-adapter.ts`: the server beside it, which knows nobody and any room. */
export const adapter: Adapter = {
  name: 'bare',
  dialect: bareDialect,
  signIn: async ({ count }) => Array.from({ length: count }, () => ({})),
  openRooms: async (_url, groups) => groups.map((_people, index) => `room-${index}`),
};
