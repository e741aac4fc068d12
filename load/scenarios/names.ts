export const SCENARIO_NAMES = ['chat', 'rooms', 'live-event', 'reconnect-storm', 'on-sale', 'door', 'mixed'] as const;
export type ScenarioName = (typeof SCENARIO_NAMES)[number];
