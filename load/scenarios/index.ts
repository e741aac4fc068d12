import { chat } from './chat.ts';
import { door } from './door.ts';
import { liveEvent } from './live-event.ts';
import { mixed } from './mixed.ts';
import type { ScenarioName } from './names.ts';
import { onSale } from './on-sale.ts';
import { reconnectStorm } from './reconnect-storm.ts';
import { rooms } from './rooms.ts';
import type { Scenario } from './scenario.ts';

export const SCENARIOS: Record<ScenarioName, Scenario> = {
  chat,
  rooms,
  'live-event': liveEvent,
  'reconnect-storm': reconnectStorm,
  'on-sale': onSale,
  door,
  mixed,
};
